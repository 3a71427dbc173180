package com.example.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearRegressionTest {
  @TempDir
  private Path directory;

  @Test
  void everyFormLearnsTheLine() throws Exception {
    Run run = Run.of("linear-regression", "--out", directory.toString());

    assertEquals(0, run.exitCode(), run.complaint());
    for (String form : new String[] {"mse", "my_huber", "MyHuberLoss"}) {
      assertEquals(2, run.number(form, "weight"), 0.02, run.printed());
      assertEquals(-1, run.number(form, "bias"), 0.02, run.printed());
      assertEquals(19, run.number(form, "x=10 ->"), 0.1, run.printed());
    }
    assertEquals(
        3 + 3,
        Run.svg(directory.resolve("linear-regression.svg"))
            .getElementsByTagName("polyline")
            .getLength(),
        "a line and its legend for each form");
  }

  @Test
  void theRecordAndThePluginAreTheSameLoss() {
    Run run = Run.of(
        "linear-regression", "--epochs", "20", "--threshold", "0.5", "--out", directory.toString());

    assertEquals(run.number("my_huber", "weight"), run.number("MyHuberLoss", "weight"));
    assertEquals(run.number("my_huber", "bias"), run.number("MyHuberLoss", "bias"));
  }

  @Test
  void theThresholdReachesTheLoss() {
    Run narrow = Run.of(
        "linear-regression", "--epochs", "5", "--threshold", "0.1", "--out", directory.toString());
    Run wide = Run.of(
        "linear-regression", "--epochs", "5", "--threshold", "10", "--out", directory.toString());

    assertTrue(narrow.number("my_huber", "weight") < wide.number("my_huber", "weight"));
  }

  @Test
  void aThresholdThatIsNotPositiveIsRefusedByName() {
    Run run = Run.of("linear-regression", "--threshold", "-1", "--out", directory.toString());

    assertEquals(1, run.exitCode());
    assertTrue(run.complaint().contains("threshold: must be > 0"), run.complaint());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedBeforeTheTraining() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    Run run = Run.of("linear-regression", "--out", file.toString());

    assertEquals(1, run.exitCode());
    assertTrue(run.complaint().contains(file.toString()), run.complaint());
    assertEquals("", run.printed());
  }
}
