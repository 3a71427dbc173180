package dev.losses.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One contender at one point. {@link Main} chooses which. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class SideBySide {
  /** A {@link Contender}. */
  @Param("OURS")
  public String contender = "";

  /** A {@link Point}. */
  @Param("huber/value/1000/1")
  public String point = "";

  private DoubleSupplier timed = () -> Double.NaN;

  /** Makes the data and compares the answer with ours. */
  @Setup
  public void prepare() {
    timed = Contender.valueOf(contender).timed(Point.parse(point));
  }

  /** Evaluates the loss. */
  @Benchmark
  public double run() {
    return timed.getAsDouble();
  }
}
