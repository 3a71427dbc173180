package dev.losses.engine;

import dev.losses.spi.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a loss is evaluated on: its inputs by name, and optionally sample weights and a mask. Immutable itself; the
 * arrays are borrowed, not copied, and never written to.
 */
public final class LossInputs {
  private final Map<String, Tensor> tensors;
  private final @Nullable Tensor sampleWeight;
  private final @Nullable Mask mask;

  private LossInputs(
      Map<String, Tensor> tensors, @Nullable Tensor sampleWeight, @Nullable Mask mask) {
    this.tensors = tensors;
    this.sampleWeight = sampleWeight;
    this.mask = mask;
  }

  /** A batch of scalars in float64. */
  public static LossInputs of(double[] yTrue, double[] yPred) {
    return of(Tensor.of(yTrue, yTrue.length), Tensor.of(yPred, yPred.length));
  }

  /** A batch of scalars in float32. */
  public static LossInputs of(float[] yTrue, float[] yPred) {
    return of(Tensor.of(yTrue, yTrue.length), Tensor.of(yPred, yPred.length));
  }

  /** {@code y_true} and {@code y_pred} of one dtype. */
  public static LossInputs of(Tensor yTrue, Tensor yPred) {
    Map<String, Tensor> pair = new LinkedHashMap<>();
    pair.put("y_true", yTrue);
    pair.put("y_pred", yPred);
    return named(pair);
  }

  /** Inputs by the names that the loss declares, all of one dtype. */
  public static LossInputs named(Map<String, Tensor> tensors) {
    return new LossInputs(Collections.unmodifiableMap(new LinkedHashMap<>(tensors)), null, null);
  }

  /** The same inputs, every position weighing the same. */
  public LossInputs withSampleWeight(double weight) {
    return withSampleWeight(Tensor.of(new double[] {weight}));
  }

  /** The same inputs with one weight for each example of the batch. */
  public LossInputs withSampleWeight(double[] weights) {
    return withSampleWeight(Tensor.of(weights, weights.length));
  }

  /** The same inputs with one weight for each example of the batch. */
  public LossInputs withSampleWeight(float[] weights) {
    return withSampleWeight(Tensor.of(weights, weights.length));
  }

  /** The same inputs with weights: a single number of shape {@code []}, or a prefix of the unreduced shape. */
  public LossInputs withSampleWeight(Tensor weights) {
    return new LossInputs(tensors, weights, mask);
  }

  /** The same inputs with one mask value for each example of the batch. */
  public LossInputs withMask(boolean[] mask) {
    return withMask(new Mask(mask, mask.length));
  }

  /** The same inputs with a mask whose shape is a prefix of the unreduced shape. */
  public LossInputs withMask(Mask mask) {
    return new LossInputs(tensors, sampleWeight, mask);
  }

  /** The inputs by name. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The weights, or null where every position weighs 1. */
  public @Nullable Tensor sampleWeight() {
    return sampleWeight;
  }

  /** The mask, or null where every position takes part. */
  public @Nullable Mask mask() {
    return mask;
  }
}
