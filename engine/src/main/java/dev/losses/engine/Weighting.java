package dev.losses.engine;

import dev.losses.engine.internal.kernel.Block;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sample weights and mask, aligned with the positions of the unreduced loss. */
final class Weighting {
  private static final int VIOLATIONS_SHOWN = 10;

  private final int positions;
  private final double uniform;
  private final @Nullable Tensor weights;
  private final int positionsPerWeight;
  private final boolean @Nullable [] mask;
  private final int positionsPerMask;

  /** @throws InvalidInputsException when weight or mask do not align, or a weight is negative or not finite */
  Weighting(int[] lossShape, @Nullable Tensor sampleWeight, @Nullable Mask mask) {
    this.positions = Tensor.sizeOf(lossShape);
    List<Violation> violations = valueViolations(sampleWeight);
    int perWeight = 1;
    int perMask = 1;
    if (sampleWeight != null) {
      perWeight = positions / matched("sample_weight", sampleWeight.shape(), lossShape, violations);
    }
    if (mask != null) {
      perMask = positions / matched("mask", mask.shape(), lossShape, violations);
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputsException(violations);
    }
    if (sampleWeight != null && sampleWeight.rank() == 0) {
      this.uniform = sampleWeight.get(0);
      this.weights = null;
    } else {
      this.uniform = 1;
      this.weights = sampleWeight;
    }
    this.positionsPerWeight = perWeight;
    this.mask = mask == null ? null : mask.values();
    this.positionsPerMask = perMask;
  }

  /** Whether weights differ by position, or some positions may be left out. */
  boolean varies() {
    return weights != null || mask != null;
  }

  /** The weight that all positions share, apart from those that differ. */
  double uniform() {
    return uniform;
  }

  boolean present(int position) {
    return mask == null || mask[position / positionsPerMask];
  }

  /** The weight of a position; 0 where it is masked out. */
  double weight(int position) {
    if (!present(position)) {
      return 0;
    }
    return weights == null ? uniform : weights.get(position / positionsPerWeight);
  }

  /** How many positions take part. */
  private double presentCount() {
    if (mask == null) {
      return positions;
    }
    long present = 0;
    for (boolean here : mask) {
      present += here ? positionsPerMask : 0;
    }
    return present;
  }

  /** Adds what the positions count for, where each counts for one. */
  void addCounts(Totals totals) {
    totals.addCounts(presentCount());
    if (!varies()) {
      totals.addWeightedCounts(uniform * positions);
      return;
    }
    for (int i = 0; i < positions; i++) {
      totals.addWeightedCounts(weight(i));
    }
  }

  /** Gives a block the weight, presence and adjoint of its positions, in the dtype. */
  void fill(Block block, double denominator, DType dtype) {
    for (int i = 0; i < block.count(); i++) {
      int position = block.first() + i;
      double w = weight(position);
      block.weights()[i] = rounded(w, dtype);
      block.presence()[i] = present(position) ? 1 : 0;
      block.seeds()[i] = denominator == 0 ? 0 : rounded(w / denominator, dtype);
    }
  }

  private static double rounded(double value, DType dtype) {
    return dtype == DType.FLOAT32 ? (float) value : value;
  }

  /** How many leading positions a weight or mask tells apart; it covers a prefix of the axes, then axes of size 1. */
  private static int matched(
      String field, int[] shape, int[] lossShape, List<Violation> violations) {
    boolean single = shape.length == 0 && !field.equals("mask");
    int axes = 0;
    int size = 1;
    while (axes < shape.length && axes < lossShape.length && shape[axes] == lossShape[axes]) {
      size *= shape[axes];
      axes++;
    }
    boolean onesRemain = Arrays.stream(shape, axes, shape.length).allMatch(axis -> axis == 1);
    if (single || (axes > 0 && onesRemain)) {
      return size;
    }
    if (lossShape.length == 0) {
      violations.add(new Violation(
          "/" + field,
          "the loss is one number for the whole batch and takes "
              + (field.equals("mask") ? "no mask" : "a single number as weight")
              + "; if it has the parameter axis, set that to get a loss for each example"));
      return 1;
    }
    violations.add(new Violation(
        "/" + field,
        field + " has shape " + Arrays.toString(shape)
            + ", which does not align with the losses' shape "
            + Arrays.toString(lossShape) + ": give "
            + (field.equals("mask") ? "" : "a number or ")
            + "a shape that starts with the same axes, the batch first"));
    return 1;
  }

  /** The first weights that are negative or not finite. */
  static List<Violation> valueViolations(@Nullable Tensor weights) {
    List<Violation> violations = new ArrayList<>();
    if (weights == null) {
      return violations;
    }
    for (int i = 0; i < weights.size() && violations.size() < VIOLATIONS_SHOWN; i++) {
      double weight = weights.get(i);
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        violations.add(new Violation(
            Positions.pointer("sample_weight", weights.shape(), i),
            "a weight must be finite and not negative, got " + weight));
      }
    }
    return violations;
  }
}
