package dev.losses.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.Loss;
import dev.losses.api.LossException;
import dev.losses.engine.LossInputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** On a platform that ND4J has no native library for. */
class MissingNativesTest {

  /** In a process of its own, for ND4J is loaded once and for all. */
  @Test
  void oneSentenceSaysWhatIsMissingAtEveryCall() throws Exception {
    String printed = run("-Dorg.bytedeco.javacpp.platform=linux-riscv64");
    String expected = "The loss 'distance' of test-classes failed: "
        + "ND4J cannot run here: its native library for linux-riscv64 is missing or does not load";
    assertEquals(2, printed.lines().filter(line -> line.startsWith(expected)).count(), printed);
    assertTrue(printed.contains("nd4j-native-platform"), printed);
    assertTrue(printed.contains("WARNING: ND4J does not load"), printed);
  }

  private static String run(String setting) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            setting,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName())
        .redirectErrorStream(true)
        .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed;
  }

  /** Evaluates a loss on arrays, twice. */
  static final class Main {
    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try {
          Loss.of(new Distance()).evaluate(LossInputs.of(new double[] {1, 2}, new double[] {1, 3}));
        } catch (LossException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
