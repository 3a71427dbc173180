package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What numpy itself saves is read, and it loads what is written. */
@EnabledIf("numpyIsInstalled")
class NumpyExchangeTest {
  private static final String SCRIPT = "numpy_arrays.py";

  @Test
  void whatNumpySavesIsRead(@TempDir Path folder) throws Exception {
    List<ToldArray> told = ToldArray.by(python().get(), SCRIPT, "save", folder.toString());
    assertEquals(12 * 2 * 6 * 5, told.size());
    told.forEach(array -> array.assertReadFrom(folder));
  }

  @Test
  void numpyLoadsWhatIsWritten(@TempDir Path folder) throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>(NpzWriterTest.tensors());
    tensors.put("special", Tensor.of(new float[] {-0.0f, Float.NaN, Float.MIN_VALUE}, 3, 1));
    List<ToldArray> expected = new ArrayList<>();
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      String file = expected.size() + ".npy";
      try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
        NpyWriter.write(entry.getValue(), out);
      }
      expected.add(told(file, "", entry.getValue()));
    }
    try (OutputStream out = Files.newOutputStream(folder.resolve("all.npz"))) {
      NpzWriter.write(tensors, out);
    }
    tensors.forEach((name, tensor) -> expected.add(told("all.npz", name, tensor)));
    List<ToldArray> told = ToldArray.by(python().get(), SCRIPT, "load", folder.toString());
    assertEquals(expected.size(), told.size());
    for (int i = 0; i < told.size(); i++) {
      expected.get(i).assertSame(told.get(i));
    }
  }

  private static ToldArray told(String file, String name, Tensor tensor) {
    return ToldArray.of(file, name, tensor.dtype() == DType.FLOAT32 ? "<f4" : "<f8", tensor);
  }

  static boolean numpyIsInstalled() {
    return python().isPresent();
  }

  /** Debian's packages are for Debian's Python, which need not be the first on the path. */
  private static Optional<String> python() {
    return Stream.of("/usr/bin/python3", "python3")
        .filter(NumpyExchangeTest::hasNumpy)
        .findFirst();
  }

  private static boolean hasNumpy(String python) {
    try {
      Process process = new ProcessBuilder(python, "-c", "import numpy")
          .redirectErrorStream(true)
          .start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
