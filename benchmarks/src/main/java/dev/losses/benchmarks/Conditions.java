package dev.losses.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine, what was measured on it, and how. */
final class Conditions {
  private static final List<String> FLAGS = List.of("avx2", "avx512f", "asimd", "sve");
  private static final String TEXT = """
      %s, commit %s.
      %d cores of %s (%s; vectors of %d bits), %s %s.

      float32, the mean over all. JMH %s: a JVM for each line, 3 x 300 ms of warm-up and 5 x 300 ms measured; a time is the
      median of the five, ± half the distance between the extremes. The answers of all were compared first.

      - ours: inputs and the gradient's target made once; evaluated until the kernel is compiled.
      - PyTorch %s through DJL %s: its own loss operators, called by a TorchScript module (`log_cosh`, `hinge`,
        `contrastive` and `dice`, which it lacks, are composed); small inputs are evaluated up to 100 times in one call, so that DJL's crossing into native code hardly
        counts; intra-op threads as in the table, 1 inter-op thread, the script's optimizer off (it would drop the
        repetitions). The value is read; the gradient is `torch.grad` by `p`, in a new tensor each time. `cross_entropy`
        has int64 classes for both of our cross-entropies.
      - ND4J %s (AVX2 natives): expressions of arrays, in place where they can be, in a workspace; OMP_NUM_THREADS=1,
        without which it is up to twenty times as slow on one thread. It adds in float32 and is compared to two digits only.
      - plain Java loop: one thread, no SIMD but the JIT's.
      - limit: SIMD loops that read both inputs and, for a gradient, write a third array of `y_pred`'s size.""";

  private Conditions() {}

  static String describe() {
    Properties versions = versions();
    return TEXT.formatted(
        LocalDate.now(ZoneOffset.UTC),
        System.getProperty("benchmarks.commit", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        cpu("model name").findFirst().orElse(System.getProperty("os.arch")),
        flags(),
        Limit.vectorBits(),
        System.getProperty("java.vm.name"),
        Runtime.version(),
        versions.getProperty("jmh"),
        versions.getProperty("pytorch"),
        versions.getProperty("djl"),
        versions.getProperty("nd4j"));
  }

  private static String flags() {
    List<String> all =
        cpu("flags").limit(1).flatMap(line -> Stream.of(line.split(" "))).toList();
    return FLAGS.stream().filter(all::contains).collect(Collectors.joining(", "));
  }

  private static Stream<String> cpu(String key) {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.exists(file)) {
      return Stream.empty();
    }
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties versions() {
    try (InputStream file =
        Objects.requireNonNull(Conditions.class.getResourceAsStream("versions.properties"))) {
      Properties versions = new Properties();
      versions.load(file);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
