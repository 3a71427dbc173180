package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Forms of any content, cut, broken and in pieces. */
class MultipartPropertiesTest {
  private static final String BOUNDARY = "--ab--a";

  @Property(seed = "1", tries = 1000)
  void whateverIsInThePartsComesOutAgain(
      @ForAll("contents") List<byte[]> contents,
      @ForAll @IntRange(min = 1, max = 40) int largest,
      @ForAll long seed)
      throws IOException {
    Trickle body = new Trickle(Forms.write(BOUNDARY, contents), largest, seed);
    MultipartReader reader = new MultipartReader(body, new Boundary(BOUNDARY));
    for (byte[] content : contents) {
      Part part = reader.next();
      assertNotNull(part);
      assertArrayEquals(content, readInPieces(part.content(), new Random(seed)));
    }
    assertNull(reader.next());
  }

  /** So that the borders of the buffer fall on every piece of a delimiter. */
  @Property(seed = "2", tries = 150)
  void largePartsComeOutAgain(
      @ForAll("content") byte[] content,
      @ForAll @IntRange(min = 65_000, max = 66_000) int before,
      @ForAll @IntRange(min = 1, max = 100_000) int largest,
      @ForAll boolean likeADelimiter,
      @ForAll long seed)
      throws IOException {
    byte[] large = new byte[before + content.length];
    Arrays.fill(large, (byte) (likeADelimiter ? '-' : 'x'));
    System.arraycopy(content, 0, large, before, content.length);
    whateverIsInThePartsComesOutAgain(List.of(large, large), largest, seed);
  }

  @Property(seed = "3", tries = 100)
  void noCutGoesUnnoticed(
      @ForAll("contents") List<byte[]> contents,
      @ForAll @IntRange(min = 1, max = 40) int largest,
      @ForAll long seed)
      throws IOException {
    byte[] whole = Forms.write(BOUNDARY, contents);
    int end = whole.length - "\r\n".length();
    for (int length = 0; length < end; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(
          FormatException.class, () -> Forms.read(BOUNDARY, new Trickle(cut, largest, seed)));
      assertThrows(FormatException.class, () -> skipAll(new Trickle(cut, largest, seed)));
    }
    for (int length = end; length <= whole.length; length++) {
      assertEquals(
          contents.size(),
          Forms.read(BOUNDARY, new Trickle(Arrays.copyOf(whole, length), largest, seed))
              .size());
    }
  }

  @Property(seed = "4", tries = 5000)
  void brokenFormsAreReadOrRefused(@ForAll("contents") List<byte[]> contents, @ForAll long seed)
      throws IOException {
    byte[] body = Forms.write(BOUNDARY, contents);
    Random random = new Random(seed);
    for (int i = random.nextInt(4); i >= 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    try {
      Forms.read(BOUNDARY, new ByteArrayInputStream(body));
    } catch (FormatException e) {
      assertNotNull(e.getMessage());
    }
  }

  @Property(seed = "5", tries = 1000)
  void whatIsNoFormIsRefused(@ForAll byte[] body) {
    assertThrows(FormatException.class, () -> Forms.read(BOUNDARY, new ByteArrayInputStream(body)));
  }

  @Provide
  Arbitrary<List<byte[]>> contents() {
    return content().list().ofMaxSize(4);
  }

  /** Bytes, and what looks like a delimiter at first, but no delimiter. */
  @Provide
  Arbitrary<byte[]> content() {
    Arbitrary<String> piece = Arbitraries.oneOf(
        Arbitraries.of(
            "\r",
            "\n",
            "\r\n",
            "-",
            "--",
            "\r\n-",
            "\r\n--",
            "\r\n--" + "--ab",
            "\r\n----ab--",
            "--" + BOUNDARY),
        Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(5));
    return piece
        .list()
        .ofMaxSize(30)
        .map(pieces -> String.join("", pieces))
        .filter(content -> !("\r\n" + content).contains("\r\n--" + BOUNDARY))
        .map(Forms::bytes);
  }

  private static void skipAll(InputStream body) throws IOException {
    MultipartReader reader = new MultipartReader(body, new Boundary(BOUNDARY));
    while (reader.next() != null) {
      // To the next.
    }
  }

  /** By every way there is to read a stream. */
  private static byte[] readInPieces(InputStream content, Random random) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : 100_000)];
    while (true) {
      int single = content.read();
      if (single < 0) {
        return all.toByteArray();
      }
      all.write(single);
      int count = content.read(piece, 0, 1 + random.nextInt(piece.length));
      all.write(piece, 0, Math.max(0, count));
      if (random.nextInt(4) == 0) {
        content.transferTo(all);
      }
    }
  }
}
