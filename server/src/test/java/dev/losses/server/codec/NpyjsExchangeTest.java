package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the npyjs package for JavaScript dumps is read, and it loads what is written. */
@EnabledIf("npyjsIsInstalled")
class NpyjsExchangeTest {
  private static final String SCRIPT = "npyjs_arrays.cjs";

  @Test
  void whatNpyjsDumpsIsRead(@TempDir Path folder) throws Exception {
    List<ToldArray> told =
        ToldArray.by("node", SCRIPT, "save", folder.toString(), modules().toString());
    assertEquals(11 * 2, told.size());
    told.forEach(array -> array.assertReadFrom(folder));
  }

  @Test
  void npyjsLoadsWhatIsWritten(@TempDir Path folder) throws Exception {
    List<ToldArray> expected = new ArrayList<>();
    for (Tensor tensor : NpzWriterTest.tensors().values()) {
      String file = expected.size() + ".npy";
      try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
        NpyWriter.write(tensor, out);
      }
      expected.add(ToldArray.of(file, "", tensor.dtype() == DType.FLOAT32 ? "f4" : "f8", tensor));
    }
    List<ToldArray> told =
        ToldArray.by("node", SCRIPT, "load", folder.toString(), modules().toString());
    assertEquals(expected.size(), told.size());
    for (int i = 0; i < told.size(); i++) {
      expected.get(i).assertSame(told.get(i));
    }
  }

  static boolean npyjsIsInstalled() {
    return Files.isDirectory(modules().resolve("npyjs"));
  }

  private static Path modules() {
    return Path.of(Optional.ofNullable(System.getenv("LOSSES_NPYJS"))
        .orElse("/tmp/losses-npyjs/node_modules"));
  }
}
