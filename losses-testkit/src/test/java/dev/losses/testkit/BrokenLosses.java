package dev.losses.testkit;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.DType;
import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.Losses;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Positive;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Losses with one defect each. */
final class BrokenLosses {
  private BrokenLosses() {}

  /** The squared error summed over a row, without a defect; each of the others has one more than this. */
  interface SquaredError extends ArrayLoss {
    @Override
    default Losses loss(Map<String, Tensor> inputs) {
      Tensor yPred = inputs.get("y_pred");
      Tensor losses = Tensor.zeros(yPred.dtype(), yPred.axis(0));
      int columns = Tensors.rowLength(yPred);
      for (int row = 0; row < losses.size(); row++) {
        double sum = 0;
        for (int i = row * columns; i < (row + 1) * columns; i++) {
          double error = yPred.get(i) - inputs.get("y_true").get(i);
          sum += value(row, error);
        }
        losses.set(row, sum);
      }
      return Losses.of(losses);
    }

    @Override
    default Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
      Tensor yPred = inputs.get("y_pred");
      Tensor gradient = Tensor.zeros(yPred.dtype(), yPred.shape());
      int columns = Tensors.rowLength(yPred);
      for (int i = 0; i < gradient.size(); i++) {
        double error = yPred.get(i) - inputs.get("y_true").get(i);
        int row = i / columns;
        gradient.set(i, weighted(upstream.get(row), slope(row, error)));
      }
      return Map.of("y_pred", gradient);
    }

    default double value(int row, double error) {
      return error * error;
    }

    default double slope(int row, double error) {
      return 2 * error;
    }

    default double weighted(double upstream, double slope) {
      return upstream == 0 ? 0 : upstream * slope;
    }
  }

  @Description("Without a defect.")
  public record Sound() implements SquaredError {}

  @Description("Has a parameter that nobody describes.")
  public record Undescribed(double margin) implements FormulaLoss {
    public Undescribed() {
      this(1);
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.minus(yTrue).squared().times(margin);
    }
  }

  @Description("Has a default outside its range.")
  public record DefaultOutOfRange(
      @Positive @Description("A factor.") double factor) implements FormulaLoss {
    public DefaultOutOfRange() {
      this(0);
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.minus(yTrue).squared().times(factor);
    }
  }

  @Description("Cannot be made by ServiceLoader.")
  public record WithoutDefaults(
      @Positive @Description("A factor.") double factor) implements FormulaLoss {
    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.minus(yTrue).squared().times(factor);
    }
  }

  @Description("Tidies up its inputs.")
  public record ModifiesInputs() implements SquaredError {
    @Override
    public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
      Map<String, Tensor> gradient = SquaredError.super.gradient(inputs, upstream);
      inputs.get("y_true").set(0, 0);
      return gradient;
    }
  }

  @Description("Subtracts the batch's mean error, and says that its rows are independent.")
  public record ClaimsIndependence() implements SquaredError {
    @Override
    public boolean rowsAreIndependent() {
      return true;
    }

    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      return SquaredError.super.loss(centred(inputs));
    }

    @Override
    public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
      Tensor gradient = Objects.requireNonNull(
          SquaredError.super.gradient(centred(inputs), upstream).get("y_pred"));
      return Map.of("y_pred", minusMean(gradient));
    }

    private static Map<String, Tensor> centred(Map<String, Tensor> inputs) {
      Map<String, Tensor> centred = new HashMap<>(inputs);
      centred.replaceAll((name, tensor) -> minusMean(tensor));
      return centred;
    }

    private static Tensor minusMean(Tensor tensor) {
      double sum = 0;
      for (int i = 0; i < tensor.size(); i++) {
        sum += tensor.get(i);
      }
      double mean = sum / tensor.size();
      return Tensors.map(tensor, value -> value - mean);
    }
  }

  @Description("Keeps the losses in an array that all threads share.")
  public record SharesScratch() implements SquaredError {
    private static final double[] SCRATCH = new double[64];
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(3);
    private static final AtomicInteger WRITES = new AtomicInteger();
    private static final AtomicBoolean NONE_LEFT = new AtomicBoolean();

    /** The thread of the test itself, which is alone. */
    private static final Thread ALONE = Thread.currentThread();

    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      Tensor losses = SquaredError.super.loss(inputs).values();
      for (int row = 0; row < losses.size(); row++) {
        SCRATCH[row] = losses.get(row);
      }
      awaitAnother(WRITES.incrementAndGet());
      for (int row = 0; row < losses.size(); row++) {
        losses.set(row, SCRATCH[row]);
      }
      return Losses.of(losses);
    }

    /** Lets another thread come between, however busy the machine is; gives up for good when none is left. */
    private static void awaitAnother(int mine) {
      long end = System.nanoTime() + LONGEST_WAIT;
      while (Thread.currentThread() != ALONE && WRITES.get() == mine && !NONE_LEFT.get()) {
        Thread.onSpinWait();
        if (System.nanoTime() > end) {
          NONE_LEFT.set(true);
        }
      }
    }
  }

  @Description("The logarithm of any number.")
  public record LogOfAnything() implements FormulaLoss {
    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.log().minus(yTrue).squared();
    }
  }

  @Description("Adds and subtracts a large number.")
  public record CancelsInFloat32() implements SquaredError {
    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      Tensor losses = SquaredError.super.loss(inputs).values();
      boolean narrow = losses.dtype() == DType.FLOAT32;
      return Losses.of(Tensors.map(losses, loss -> narrow ? (float) (loss + 1e6f) - 1e6f : loss));
    }
  }

  @Description("Weighs a row by its place in the batch.")
  public record LaterRowsCountMore() implements SquaredError {
    @Override
    public double value(int row, double error) {
      return (row + 1) * error * error;
    }

    @Override
    public double slope(int row, double error) {
      return (row + 1) * 2 * error;
    }
  }

  @Description("Multiplies by the sample weight itself.")
  public record MultipliesByItsWeight() implements FormulaWithWeight {}

  interface FormulaWithWeight extends NamedInputsLoss {
    @Override
    default List<Input> inputs() {
      return List.of(
          Input.of("y_true", Domain.REAL),
          Input.of("y_pred", Domain.REAL),
          Input.of("sample_weight", Domain.POSITIVE).notDifferentiable());
    }

    @Override
    default Expr loss(Inputs in) {
      return in.get("y_pred").minus(in.get("y_true")).squared().times(in.get("sample_weight"));
    }
  }

  @Description("Forgets what the weights say about the gradient.")
  public record IgnoresUpstream() implements SquaredError {
    @Override
    public double weighted(double upstream, double slope) {
      return slope;
    }
  }

  @Description("Multiplies what is left out by 0.")
  public record MultipliesNanByZero() implements SquaredError {
    @Override
    public double weighted(double upstream, double slope) {
      return upstream * slope;
    }
  }

  @Description("Lacks a factor 2 in its gradient.")
  public record WrongGradient() implements SquaredError {
    @Override
    public double slope(int row, double error) {
      return error;
    }
  }

  @Description("Divides 0 by 0 at the tip of the absolute value.")
  public record NanAtTheKink() implements SquaredError {
    @Override
    public double value(int row, double error) {
      return Math.abs(error);
    }

    @Override
    public double slope(int row, double error) {
      return error / Math.abs(error);
    }
  }

  @Description("Overshoots at the tip of the absolute value.")
  public record TooSteepAtTheKink() implements SquaredError {
    @Override
    public double value(int row, double error) {
      return Math.abs(error);
    }

    @Override
    public double slope(int row, double error) {
      return error == 0 ? 2 : Math.signum(error);
    }
  }

  @Description("Builds another formula at every call.")
  public record AnotherFormulaEachTime() implements FormulaLoss {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.minus(yTrue).squared().times(CALLS.incrementAndGet());
    }
  }

  @Description("Leaves its list open to others.")
  public record ModifiableList(@Description("Factors.") List<Double> factors)
      implements SquaredError {
    public ModifiableList() {
      this(new ArrayList<>(List.of(1.0)));
    }
  }

  @Description("Adds its calls up.")
  public record RemembersCalls() implements SquaredError {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      int call = CALLS.incrementAndGet();
      // So little that only a comparison of bits can tell.
      return Losses.of(
          Tensors.map(SquaredError.super.loss(inputs).values(), loss -> loss + call * 1e-14));
    }
  }
}
