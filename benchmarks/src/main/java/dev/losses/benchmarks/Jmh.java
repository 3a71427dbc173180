package dev.losses.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs one benchmark in a JVM of its own. */
final class Jmh {
  private Jmh() {}

  /**
   * What one call takes.
   *
   * @param nanos the median of the iterations
   * @param spread half the distance from the fastest iteration to the slowest, relative to the median
   * @param bytes allocated
   */
  record Call(double nanos, double spread, double bytes) {}

  static Call run(Class<?> benchmark, Map<String, String> parameters, List<String> jvmArguments)
      throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include(benchmark.getName())
        .jvmArgs(jvmArguments.toArray(new String[0]))
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
    parameters.forEach(options::param);
    RunResult run = new Runner(options.build()).runSingle();
    Statistics times = run.getPrimaryResult().getStatistics();
    double median = times.getPercentile(50);
    double bytes = Objects.requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"))
        .getScore();
    return new Call(median, (times.getMax() - times.getMin()) / 2 / median, bytes);
  }
}
