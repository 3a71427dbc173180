package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzWriterTest {

  @Test
  void whatIsWrittenIsReadBackInItsOrder() throws IOException {
    Map<String, Tensor> tensors = tensors();
    byte[] zip = write(tensors);
    assertEquals(NpzWriter.length(tensors), zip.length);
    Map<String, DecodedArray> read =
        NpzReader.read(new ByteArrayInputStream(zip), tensors.keySet(), zip.length, bytes -> {});
    assertEquals(new ArrayList<>(tensors.keySet()), new ArrayList<>(read.keySet()));
    tensors.forEach(
        (name, tensor) -> NpyWriterTest.assertSame(tensor, read.get(name).tensor()));
  }

  @Test
  void noArraysMakeAnEmptyZip() throws IOException {
    assertArrayEquals(NumpyZips.EMPTY, write(Map.of()));
  }

  /** By its directory and by its entries' headers, either of which the JDK checks. */
  @Test
  void theJdkReadsIt(@TempDir Path folder) throws IOException {
    Map<String, Tensor> tensors = tensors();
    Path file = folder.resolve("tensors.npz");
    byte[] zip = write(tensors);
    Files.write(file, zip);
    try (ZipFile zipFile = new ZipFile(file.toFile());
        ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      assertEquals(tensors.size(), zipFile.size());
      for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        NpyWriter.write(tensor.getValue(), expected);
        ZipEntry entry = in.getNextEntry();
        assertEquals(tensor.getKey() + ".npy", entry.getName());
        assertEquals(expected.size(), entry.getSize());
        assertArrayEquals(expected.toByteArray(), in.readAllBytes());
        assertArrayEquals(
            expected.toByteArray(),
            zipFile.getInputStream(zipFile.getEntry(entry.getName())).readAllBytes());
      }
    }
  }

  @Test
  void zipsOf4GigabytesAreRefusedBeforeAnythingIsWritten() {
    Tensor tensor = Tensor.zeros(DType.FLOAT64, 1 << 22);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 127; i++) {
      tensors.put("a" + i, tensor);
    }
    assertEquals(
        127L * ((1 << 25) + 128 + 76) + 2 * (10 * 6 + 90 * 7 + 27 * 8) + 22,
        NpzWriter.length(tensors));
    tensors.put("last", tensor);
    assertThrows(IllegalArgumentException.class, () -> NpzWriter.length(tensors));
    OutputStream untouched = new OutputStream() {
      @Override
      public void write(int b) {
        throw new AssertionError("written to");
      }
    };
    assertThrows(IllegalArgumentException.class, () -> NpzWriter.write(tensors, untouched));
  }

  static Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("loss", Tensor.of(new double[] {1.5}));
    tensors.put("gradient.y_pred", NpyWriterTest.random(DType.FLOAT32, 130, 331));
    tensors.put("größe", NpyWriterTest.random(DType.FLOAT64, 2, 3, 4));
    tensors.put("empty", Tensor.zeros(DType.FLOAT32, 0, 3));
    return tensors;
  }

  private static byte[] write(Map<String, Tensor> tensors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NpzWriter.write(tensors, out);
    return out.toByteArray();
  }
}
