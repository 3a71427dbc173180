package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NpyWriterTest {

  @Property(tries = 500)
  void whatIsWrittenIsReadBack(@ForAll("shapes") int[] shape, @ForAll DType dtype)
      throws IOException {
    Tensor tensor = random(dtype, shape);
    byte[] file = write(tensor);
    assertEquals(NpyWriter.length(tensor), file.length);
    DecodedArray read =
        NpyReader.readWhole(new ByteArrayInputStream(file), file.length, bytes -> {});
    assertSame(tensor, read.tensor());
  }

  @Provide
  Arbitrary<int[]> shapes() {
    return Arbitraries.integers().between(0, 6).array(int[].class).ofMaxSize(4);
  }

  @Test
  void moreThanOneChunkIsWritten() throws IOException {
    for (DType dtype : DType.values()) {
      Tensor tensor = random(dtype, 13, 4_999);
      byte[] file = write(tensor);
      DecodedArray read =
          NpyReader.readWhole(new ByteArrayInputStream(file), file.length, bytes -> {});
      assertSame(tensor, read.tensor());
    }
  }

  @Test
  void theBytesAreThoseOfTheSpecification() throws IOException {
    byte[] file = write(Tensor.of(new float[] {1, -2}, 2));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
    String expected = "\u0093NUMPY\1\0v\0" + header + " ".repeat(117 - header.length())
        + "\n\0\0\u0080?\0\0\0\u00c0";
    assertEquals(expected, new String(file, StandardCharsets.ISO_8859_1));
  }

  @Test
  void aSingleNumberHasTheEmptyShape() throws IOException {
    String file = new String(write(Tensor.of(new double[] {1})), StandardCharsets.ISO_8859_1);
    assertEquals("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", file.substring(10, 65));
    assertEquals(128 + 8, file.length());
  }

  @Test
  void longHeadersFillMoreBlocks() throws IOException {
    int[] shape = new int[32];
    Arrays.fill(shape, 1);
    byte[] file = write(Tensor.of(new float[1], shape));
    assertEquals(4, file.length % 64);
    assertEquals('\n', file[file.length - 5]);
  }

  static Tensor random(DType dtype, int... shape) {
    Random random = new Random(1);
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, random.nextGaussian());
    }
    return tensor;
  }

  static void assertSame(Tensor expected, Tensor actual) {
    assertArrayEquals(expected.shape(), actual.shape());
    if (expected.dtype() == DType.FLOAT32) {
      assertArrayEquals(expected.floats(), actual.floats());
    } else {
      assertArrayEquals(expected.doubles(), actual.doubles());
    }
  }

  private static byte[] write(Tensor tensor) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NpyWriter.write(tensor, out);
    return out.toByteArray();
  }
}
