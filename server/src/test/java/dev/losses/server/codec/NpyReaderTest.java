package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyReaderTest {
  private static final String PLAIN = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";

  @Property(tries = 2_000)
  @Domain(SentArrays.class)
  void whatNumpyWritesIsRead(@ForAll SentArray sent) throws IOException {
    Expect.array(sent, read(sent.npy()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyVersionIsRead(int version) throws IOException {
    byte[] data = {0, 0, (byte) 128, 63, 0, 0, 0, 64};
    assertArrayEquals(
        new float[] {1, 2}, read(SentArray.npy(version, PLAIN, data)).tensor().floats());
  }

  @Test
  void whatIsNoNpyFileIsSaidSo() {
    Expect.refusal("no bytes", () -> read(new byte[0]));
    Expect.refusal("Not a .npy file", () -> read(new byte[200]));
    Expect.refusal("a zip, as a .npz is", () -> read(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}));
    byte[] file = SentArray.npy(1, PLAIN, new byte[8]);
    file[6] = 4;
    Expect.refusal("Version 4.0 of the .npy format is unknown", () -> read(file));
    file[6] = 1;
    file[7] = (byte) 200;
    Expect.refusal("Version 1.200", () -> read(file));
  }

  @Test
  void longHeadersAreNotEvenRead() throws IOException {
    String header = PLAIN + " ".repeat(9_900);
    read(SentArray.npy(1, header, new byte[8]));
    Expect.refusal(
        "no more than 10000 are read",
        () -> read(SentArray.npy(1, header + " ".repeat(100), new byte[8])));
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1};
    Expect.refusal("claims to be 4294967295 bytes long", () -> read(start));
  }

  @Test
  void shapesBeyondWhatAnArrayHoldsAreRefused() {
    for (String shape : new String[] {"65536, 65536", "2147483647,", "2147483647, 2147483647, 0"}) {
      String header = PLAIN.replace("2,", shape);
      Expect.refusal(
          "holds more elements than an array can",
          () -> read(SentArray.npy(1, header, new byte[8])));
    }
  }

  @Test
  void whatCannotFollowIsRefusedBeforeItIsAllocated() {
    byte[] file = SentArray.npy(1, PLAIN.replace("2,", "1000, 1000"), new byte[8]);
    Allowance none = new Budget(0);
    Expect.refusal(
        "claims 4000000 bytes of data, but no more than 8 can follow",
        () -> NpyReader.read(new ByteArrayInputStream(file), file.length, none));
    assertThrows(
        Budget.Exceeded.class,
        () -> NpyReader.read(new ByteArrayInputStream(file), 5_000_000, none));
  }

  @Test
  void anEmptyArrayIsRead() throws IOException {
    byte[] file = SentArray.npy(1, PLAIN.replace("2,", "3, 0"), new byte[0]);
    assertArrayEquals(new int[] {3, 0}, read(file).tensor().shape());
  }

  @Test
  void whetherAnythingMayFollowIsTheCallersChoice() throws IOException {
    byte[] file = SentArray.npy(1, PLAIN, new byte[11]);
    InputStream in = new ByteArrayInputStream(file);
    NpyReader.read(in, file.length, bytes -> {});
    assertEquals(3, in.available());
    Expect.refusal("3 more bytes follow the array", () -> read(file));
  }

  @Test
  void everyTruncationIsRefused() {
    for (int version = 1; version <= 3; version++) {
      byte[] file = SentArray.npy(version, PLAIN, new byte[8]);
      for (int length = 0; length < file.length; length++) {
        byte[] cut = Arrays.copyOf(file, length);
        assertThrows(FormatException.class, () -> read(cut));
        assertThrows(
            FormatException.class,
            () -> NpyReader.readWhole(new ByteArrayInputStream(cut), file.length, bytes -> {}));
      }
    }
  }

  @Test
  void damagedFilesGiveAnArrayOrARefusal() throws IOException {
    Random random = new Random(1);
    List<ElementType> types = List.of(ElementType.values());
    int arrays = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] file = SentArray.random(
              types.get(random.nextInt(types.size())),
              ByteOrder.BIG_ENDIAN,
              random.nextBoolean(),
              new int[] {3, 4},
              i)
          .npy();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      // Of what follows the header, each byte may become a float of 4.
      Budget budget = new Budget(4L * file.length);
      try {
        NpyReader.readWhole(new ByteArrayInputStream(file), file.length, budget);
        arrays++;
      } catch (FormatException e) {
        assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl));
      }
    }
    assertTrue(arrays > 0 && arrays < 50_000);
  }

  private static DecodedArray read(byte[] file) throws IOException {
    return NpyReader.readWhole(new ByteArrayInputStream(file), file.length, bytes -> {});
  }
}
