package com.example.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class SiameseTest {
  private static final Path DATA = Path.of("/usr/share/datasets/fashion-mnist");

  @TempDir
  private Path directory;

  @Test
  void aShortTrainingTellsMostPairsApart() throws Exception {
    assumeTrue(
        Files.isDirectory(DATA) || System.getenv("CI") != null,
        "needs the package dataset-fashion-mnist");

    Run run = Run.of("siamese", "--epochs", "1", "--pairs", "20000", "--out", directory.toString());

    assertEquals(0, run.exitCode(), run.complaint());
    assertTrue(run.number("train", "accuracy") > 0.80, run.printed());
    assertTrue(run.number("test", "accuracy") > 0.80, run.printed());
    assertTrue(run.number("test", "loss") < 0.16, run.printed());
    assertEquals(20_000, pairs(run, "train"));
    assertEquals(19_980, pairs(run, "test"));
    assertEquals(
        2 + 2,
        Run.svg(directory.resolve("siamese-loss.svg"))
            .getElementsByTagName("polyline")
            .getLength(),
        "a line and its legend for train and test");
    Document picture = Run.svg(directory.resolve("siamese-pairs.svg"));
    assertEquals(2 * 36, picture.getElementsByTagName("image").getLength());
  }

  private static int pairs(Run run, String line) {
    return (int) run.number(line, "on");
  }

  @Test
  void aMissingDataDirectorySaysWhatToInstall() {
    Path nowhere = directory.resolve("nowhere");

    Run run = Run.of("siamese", "--data", nowhere.toString(), "--out", directory.toString());

    assertEquals(1, run.exitCode());
    assertTrue(run.complaint().contains(nowhere.toString()), run.complaint());
    assertTrue(run.complaint().contains("apt-get install dataset-fashion-mnist"), run.complaint());
    assertEquals(1, run.complaint().lines().count(), run.complaint());
  }

  @Test
  void nothingToTrainOnIsRefused() {
    assertEquals(
        "--pairs must be at least 2, not 1",
        Run.of("siamese", "--pairs", "1").complaint().strip());
    assertEquals(
        "--epochs must be at least 1, not 0",
        Run.of("siamese", "--epochs", "0").complaint().strip());
  }
}
