package dev.losses.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/** Who is timed. Each runs in a JVM of its own. */
@SuppressWarnings("ImmutableEnumChecker")
enum Contender {
  OURS("ours", Ours::timed, point -> true),
  TORCH("PyTorch", Torch::timed, point -> true),
  ND4J("ND4J", Nd4jLosses::timed, Nd4jLosses::has),
  PLAIN("plain Java loop", PlainLoops::timed, PlainLoops::has),
  LIMIT("limit", Limit::timed, point -> true);

  private static final String PROPERTY = "-D";

  private final String title;
  private final Function<Point, DoubleSupplier> timed;
  private final Predicate<Point> able;

  Contender(String title, Function<Point, DoubleSupplier> timed, Predicate<Point> able) {
    this.title = title;
    this.timed = timed;
    this.able = able;
  }

  String title() {
    return title;
  }

  boolean takesPart(Point point) {
    return able.test(point);
  }

  /** What JMH times. It has been found to answer as ours does, and returns what it computed. */
  DoubleSupplier timed(Point point) {
    return timed.apply(point);
  }

  /** How often a call of {@link #timed} evaluates the loss. */
  int evaluations(Point point) {
    return this == TORCH ? Torch.evaluations(point) : 1;
  }

  List<String> jvmArguments(Point point, String cacheDirectory) {
    List<String> arguments = new ArrayList<>(List.of(
        "--add-modules=jdk.incubator.vector",
        "-Xmx4g",
        PROPERTY + "losses.threads=" + point.threads()));
    if (this == TORCH) {
      arguments.add(PROPERTY + "ai.djl.pytorch.num_threads=" + point.threads());
      arguments.add(PROPERTY + "ai.djl.pytorch.num_interop_threads=1");
      arguments.add(PROPERTY + "ai.djl.offline=true");
      arguments.add(PROPERTY + "OPT_OUT_TRACKING=true");
      arguments.add(PROPERTY + "DJL_CACHE_DIR=" + cacheDirectory);
      arguments.add(PROPERTY + "ENGINE_CACHE_DIR=" + cacheDirectory);
    } else if (this == ND4J) {
      arguments.add(PROPERTY + "org.bytedeco.javacpp.platform.extension=-avx2");
      arguments.add(PROPERTY + "org.bytedeco.javacpp.cachedir=" + cacheDirectory);
    }
    return arguments;
  }
}
