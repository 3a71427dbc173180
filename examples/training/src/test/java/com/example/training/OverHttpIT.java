package com.example.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop in JavaScript, whose losses come from the server's own jar, ends where the one in Java does. */
class OverHttpIT {
  private static final Path JAR = Path.of("../../server/target/losses-server.jar");
  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
  private static final double TOLERANCE = 1e-6;

  @TempDir
  private static Path directory;

  private static Process server;
  private static String url;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    boolean required = System.getenv("CI") != null;
    assumeTrue(required || Files.exists(JAR), "needs the server's jar: ./mvnw verify in the root");
    assumeTrue(required || nodeIsThere(), "needs Node");
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    server = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            JAR.toString(),
            "--server.port=0",
            "--losses.plugins.directory=" + plugins)
        .redirectErrorStream(true)
        .start();
    url = "http://localhost:" + port(server.inputReader(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    if (server != null) {
      server.destroy();
      server.waitFor();
    }
  }

  @Test
  void meanSquaredErrorEndsAtTheWeightsOfTheRunInJava() throws Exception {
    assertSameWeights(
        Run.of("linear-regression", "--out", directory.toString()), "mse", "mse", "{}");
  }

  @Test
  void huberEndsAtTheWeightsOfTheRunInJava() throws Exception {
    Run java = Run.of("linear-regression", "--threshold", "0.5", "--out", directory.toString());

    assertSameWeights(java, "my_huber", "huber", "{\"delta\": 0.5}");
  }

  private static void assertSameWeights(Run java, String form, String loss, String parameters)
      throws Exception {
    Run node = node("--server", url, "--loss", loss, "--parameters", parameters);

    assertEquals(0, node.exitCode(), node.complaint());
    assertEquals(java.number(form, "weight"), node.number(loss, "weight"), TOLERANCE);
    assertEquals(java.number(form, "bias"), node.number(loss, "bias"), TOLERANCE);
    assertEquals(19, node.number(loss, "x=10 ->"), 0.5);
    assertEquals(
        1,
        Run.svg(directory.resolve("over-http.svg"))
            .getElementsByTagName("polyline")
            .getLength());
  }

  @Test
  void whatTheServerRefusesIsToldInItsWords() throws Exception {
    Run unknown = node("--server", url, "--loss", "hubr");

    assertEquals(1, unknown.exitCode());
    assertTrue(unknown.complaint().contains("hubr"), unknown.complaint());
    assertEquals(1, unknown.complaint().lines().count(), unknown.complaint());

    Run refused = node("--server", url, "--loss", "huber", "--parameters", "{\"delta\": -1}");

    assertEquals(1, refused.exitCode());
    assertTrue(refused.complaint().contains("delta"), refused.complaint());
  }

  @Test
  void aServerThatDoesNotAnswerIsSaidSo() throws Exception {
    // Nothing listens on port 1.
    Run run = node("--server", "http://localhost:1");

    assertEquals(1, run.exitCode());
    assertTrue(
        run.complaint().startsWith("No server answers at http://localhost:1"), run.complaint());
    assertEquals(1, run.complaint().lines().count(), run.complaint());
  }

  @Test
  void aMisspeltOptionIsAnsweredWithTheUsage() throws Exception {
    Run run = node("--sever", url);

    assertNotEquals(0, run.exitCode());
    assertTrue(run.complaint().contains("Usage: node train.mjs"), run.complaint());
  }

  private static Run node(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("node", "over-http/train.mjs", "--out", directory.toString()));
    command.addAll(List.of(options));
    Path complaint = directory.resolve("complaint.txt");
    Process process =
        new ProcessBuilder(command).redirectError(complaint.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), printed, Files.readString(complaint));
  }

  private static boolean nodeIsThere() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads the log up to the line that has the port; what follows is read too, so that the server is never held up. */
  private static int port(BufferedReader log) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        Thread reader = new Thread(() -> log.lines().forEach(ignored -> {}));
        reader.setDaemon(true);
        reader.start();
        return Integer.parseInt(started.group(1));
      }
      read.append(line).append('\n');
    }
    throw new IllegalStateException("The server did not start:\n" + read);
  }
}
