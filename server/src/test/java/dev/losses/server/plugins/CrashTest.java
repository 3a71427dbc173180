package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while a plugin is being activated. */
class CrashTest {
  private static final String BLOCK = "losses.test.block";

  private static final PluginJar PLUGIN =
      PluginJar.named("good", "1").withType("acme.Good", """
          package acme;
          import dev.losses.spi.*;
          @LossName("good")
          public record Good() implements FormulaLoss {
            public Good {
              while (Boolean.getBoolean("%s")) Thread.onSpinWait();
            }
            @Override public Expr loss(Expr yTrue, Expr yPred) { return yTrue.minus(yPred).squared(); }
          }
          """.formatted(BLOCK));

  @TempDir
  Path folder;

  @TempDir
  Path cache;

  /** What is killed. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) throws InterruptedException {
      HostFixture host = HostFixture.withCache(Path.of(args[0]), Path.of(args[1]));
      PLUGIN.dropInto(host.folder, "good.jar");
      System.out.println(host.awaitState("good.jar", PluginState.LOADING).state());
      new CountDownLatch(1).await();
    }
  }

  @Test
  void theNextServerServesAndLeavesNothingOfTheLast() throws IOException, InterruptedException {
    Process server = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-D" + BLOCK + "=true",
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName(),
            folder.toString(),
            cache.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try (BufferedReader output = server.inputReader()) {
      assertThat(output.lines().anyMatch("LOADING"::equals)).isTrue();
    } finally {
      server.destroyForcibly().waitFor();
    }
    Path left = Files.createFile(cache.resolve("0".repeat(64) + ".jar"));

    try (HostFixture host = HostFixture.withCache(folder, cache)) {
      host.awaitState("good.jar", PluginState.ACTIVE);
      assertThat(host.call("good", 0, 3)).isEqualTo(9);
      assertThat(left).doesNotExist();
      assertThat(copies()).hasSize(1);
    }
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }
}
