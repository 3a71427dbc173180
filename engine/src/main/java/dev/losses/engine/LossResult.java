package dev.losses.engine;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to one evaluation. Immutable itself; its tensors are the caller's to use. */
public final class LossResult {
  private final Reduction reduction;
  private final DType dtype;
  private final double value;
  private final @Nullable Tensor losses;
  private final Map<String, Tensor> gradients;

  LossResult(
      Reduction reduction,
      DType dtype,
      double value,
      @Nullable Tensor losses,
      Map<String, Tensor> gradients) {
    this.reduction = reduction;
    this.dtype = dtype;
    this.value = value;
    this.losses = losses;
    this.gradients = Collections.unmodifiableMap(gradients);
  }

  /**
   * The reduced loss; for float32 inputs it is the float64 sum, not rounded.
   *
   * @throws IllegalStateException when the reduction is {@link Reduction#NONE}
   */
  public double value() {
    if (losses != null) {
      throw new IllegalStateException("Reduction none has no single value; use losses()");
    }
    return value;
  }

  /**
   * The weighted, unreduced losses.
   *
   * @throws IllegalStateException when the reduction is not {@link Reduction#NONE}
   */
  public Tensor losses() {
    if (losses == null) {
      throw new IllegalStateException("Only reduction none has unreduced losses; use value()");
    }
    return losses;
  }

  /**
   * The gradient of the reduced loss (for {@code none}: of the sum of the losses) with respect to an input.
   *
   * @throws IllegalArgumentException when it was not computed
   */
  public Tensor gradient(String input) {
    Tensor gradient = gradients.get(input);
    if (gradient == null) {
      throw new IllegalArgumentException("No gradient for '" + input + "'; there are gradients for "
          + gradients.keySet() + ". Ask with Gradients.COMPUTE, for a differentiable input.");
    }
    return gradient;
  }

  /** All gradients by input name; empty unless asked for. */
  public Map<String, Tensor> gradients() {
    return gradients;
  }

  /** How the losses were reduced. */
  public Reduction reduction() {
    return reduction;
  }

  /** The dtype of the inputs and of the answer. */
  public DType dtype() {
    return dtype;
  }

  /** What the caller should know: which parts of the answer are not finite. Usually empty; looks through it all. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (losses == null ? !Double.isFinite(value) : !isFinite(losses)) {
      warnings.add("the loss is not finite");
    }
    gradients.forEach((name, gradient) -> {
      if (!isFinite(gradient)) {
        warnings.add("the gradient with respect to " + name + " is not finite");
      }
    });
    return List.copyOf(warnings);
  }

  private static boolean isFinite(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      if (!Double.isFinite(tensor.get(i))) {
        return false;
      }
    }
    return true;
  }
}
