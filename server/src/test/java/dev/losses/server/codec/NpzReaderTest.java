package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

class NpzReaderTest {
  private static final String HEADER = "{'descr': '|i1', 'fortran_order': False, 'shape': (4,), }";
  private static final Set<String> ALLOWED = Set.of("a", "b", "c");
  private static final long MOST_BYTES = 1 << 20;
  private static final Allowance UNLIMITED = bytes -> {};

  @Property(tries = 500)
  @Domain(SentArrays.class)
  @Domain(DomainContext.Global.class)
  void whatZipsHoldIsRead(
      @ForAll @Size(max = 3) List<SentArray> sent, @ForAll boolean deflated, @ForAll boolean slowly)
      throws IOException {
    List<String> names = List.of("c", "a", "b").subList(0, sent.size());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < sent.size(); i++) {
        Zips.put(out, names.get(i) + ".npy", sent.get(i).npy(), deflated);
      }
    }
    InputStream in = new Trickle(bytes.toByteArray(), slowly ? 1 : 1 << 20, 1);
    Map<String, DecodedArray> arrays = NpzReader.read(in, ALLOWED, MOST_BYTES, UNLIMITED);
    assertEquals(names, new ArrayList<>(arrays.keySet()));
    for (int i = 0; i < sent.size(); i++) {
      Expect.array(sent.get(i), arrays.get(names.get(i)));
    }
  }

  @Test
  void whatNumpyWritesIsRead() throws IOException {
    for (byte[] zip : NumpyZips.readable()) {
      Map<String, DecodedArray> arrays = read(zip);
      assertEquals(Set.of("a"), arrays.keySet());
      assertArrayEquals(new double[] {0, 1, 2}, arrays.get("a").tensor().doubles());
    }
    assertTrue(read(NumpyZips.EMPTY).isEmpty());
  }

  @Test
  void whatHasNoLengthIsRefusedWithTheWayOut() {
    Expect.refusal("use numpy.savez_compressed", () -> read(NumpyZips.SAVEZ_INTO_PIPE));
  }

  @Test
  void arraysOfMoreThanOneBufferAreRead() throws IOException {
    SentArray sent = SentArray.random(
        ElementType.FLOAT64, ByteOrder.LITTLE_ENDIAN, false, new int[] {7, 12_345}, 1);
    for (boolean deflated : new boolean[] {false, true}) {
      byte[] zip = Zips.zip(deflated, Map.of("a.npy", sent.npy()));
      InputStream in = new ByteArrayInputStream(zip);
      Expect.array(sent, NpzReader.read(in, ALLOWED, MOST_BYTES, UNLIMITED).get("a"));
    }
  }

  @Test
  void otherArraysAreRefusedByNameBeforeTheyAreDecompressed() throws IOException {
    byte[] zip = Zips.zip(true, Map.of("labels.npy", new byte[8]));
    Expect.refusal(
        "The zip has the array 'labels'; the arrays that may be there are: a, b, c",
        () -> read(zip));
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    byte[] zip = Zips.zip(true, Map.of("a.txt", new byte[8]));
    Expect.refusal("the entry 'a.txt', whose name does not end in .npy", () -> read(zip));
  }

  @Test
  void namesOfAnyBytesAreShownHarmlessly() throws IOException {
    byte[] zip = Zips.zip(true, Map.of("\u001b[31m\n" + "x".repeat(100), new byte[8]));
    Expect.refusal("'\uFFFD[31m\uFFFD" + "x".repeat(34) + "...'", () -> read(zip));
  }

  @Test
  void repeatedArraysAreRefused() throws IOException {
    byte[] npy = SentArray.npy(1, HEADER, new byte[4]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      Zips.put(out, "a.npy", npy, true);
      Zips.put(out, "b.npy", npy, true);
    }
    byte[] zip = bytes.toByteArray();
    for (int i = 0; i < zip.length; i++) {
      zip[i] = zip[i] == 'b' && zip[i + 1] == '.' ? (byte) 'a' : zip[i];
    }
    Expect.refusal("The zip has the array 'a' twice", () -> read(zip));
  }

  @Test
  void whatIsNoZipIsSaidSo() {
    Expect.refusal("no bytes", () -> read(new byte[0]));
    Expect.refusal(
        "Not a .npz file", () -> read("{\"y_true\": [1]}".getBytes(StandardCharsets.US_ASCII)));
    Expect.refusal(
        "but a .npy; save with numpy.savez", () -> read(SentArray.npy(1, HEADER, new byte[4])));
  }

  @Test
  void whatIsWrongInAnArrayIsSaidWithItsName() throws IOException {
    byte[] zip = Zips.zip(true, Map.of("b.npy", new byte[8]));
    Expect.refusal("In 'b.npy': Not a .npy file", () -> read(zip));
    byte[] longer = Zips.zip(false, Map.of("b.npy", SentArray.npy(1, HEADER, new byte[7])));
    Expect.refusal("In 'b.npy': 3 more bytes follow the array", () -> read(longer));
  }

  private static Map<String, DecodedArray> read(byte[] zip) throws IOException {
    return NpzReader.read(new ByteArrayInputStream(zip), ALLOWED, MOST_BYTES, UNLIMITED);
  }
}
