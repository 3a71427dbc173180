package dev.losses.benchmarks;

import dev.losses.api.ExampleInputs;
import dev.losses.api.Loss;
import dev.losses.api.LossCatalog;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.spi.DType;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
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

/** Any pointwise loss on example inputs, four million elements each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class PointwiseLoss {
  static final int ELEMENTS = 4_000_000;
  private static final int COLUMNS = 10;

  /** The name of the loss. */
  @Param("huber")
  public String loss = "";

  /** Whether the gradient of its first differentiable input is computed too. */
  @Param("false")
  public boolean gradient;

  private DoubleSupplier evaluation = () -> Double.NaN;

  /** Draws the inputs and evaluates until the kernel is compiled. */
  @Setup
  public void prepare() {
    Loss bound = LossCatalog.load().loss(loss);
    LossInputs inputs = inputs(bound, value -> value);
    // Some losses take the logarithm of a prediction that they do not refuse when it is negative.
    if (Double.isNaN(bound.evaluate(inputs).value())) {
      inputs = inputs(bound, Math::abs);
    }
    LossInputs given = inputs;
    String differentiable = bound.inputs().stream()
        .filter(Input::differentiable)
        .findFirst()
        .orElseThrow()
        .name();
    Gradients gradients = gradient
        ? Gradients.into(differentiable, Tensor.zeros(DType.FLOAT32, ELEMENTS / COLUMNS, COLUMNS))
        : Gradients.NONE;
    evaluation = () -> bound.evaluate(given, Reduction.MEAN, gradients).value();
    Ours.awaitKernel(bound, evaluation);
  }

  /** Evaluates the loss. */
  @Benchmark
  public double run() {
    return evaluation.getAsDouble();
  }

  private static LossInputs inputs(Loss loss, DoubleUnaryOperator change) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    ExampleInputs.of(loss.inputs(), ELEMENTS / COLUMNS, COLUMNS, 1)
        .forEach((name, tensor) -> inputs.put(name, float32(tensor, change)));
    return LossInputs.named(inputs);
  }

  private static Tensor float32(Tensor tensor, DoubleUnaryOperator change) {
    Tensor rounded = Tensor.zeros(DType.FLOAT32, tensor.shape());
    for (int i = 0; i < tensor.size(); i++) {
      rounded.set(i, change.applyAsDouble(tensor.get(i)));
    }
    return rounded;
  }
}
