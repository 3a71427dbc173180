package dev.losses.numerics;

import dev.losses.builtin.classification.MultilabelMargin;
import dev.losses.builtin.segmentation.Dice;
import dev.losses.builtin.segmentation.FocalTversky;
import dev.losses.builtin.segmentation.Jaccard;
import dev.losses.builtin.segmentation.LovaszHinge;
import dev.losses.builtin.segmentation.Tversky;
import dev.losses.builtin.sequence.Ctc;
import dev.losses.builtin.similarity.Circle;
import dev.losses.builtin.similarity.InfoNce;
import dev.losses.builtin.similarity.Npairs;
import dev.losses.builtin.similarity.SupervisedContrastive;
import dev.losses.builtin.similarity.TripletHard;
import dev.losses.builtin.similarity.TripletSemihard;
import dev.losses.engine.Evaluator;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.spi.DType;
import dev.losses.spi.LossFunction;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * What a loss is measured with.
 *
 * @param exact the loss in exact arithmetic
 * @param ordinary batches of ordinary sizes
 * @param extreme batches that also hold numbers near both ends of the dtype's range
 */
record Yardstick(ExactLoss exact, List<Batch> ordinary, List<Batch> extreme) {
  private static final Map<Integer, Integer> ROWS = Map.of(1, 300, 4, 120, 10, 40);
  private static final int EXTREME_ROWS = 72;
  private static final int ARRAYS = 100;

  static Yardstick of(LossFunction loss, DType dtype) {
    return loss instanceof NamedInputsLoss formula
        ? ofFormula(formula, dtype)
        : ofArrays(loss, dtype);
  }

  private static Yardstick ofFormula(NamedInputsLoss loss, DType dtype) {
    List<Batch> ordinary = new ArrayList<>();
    List<Batch> extreme = new ArrayList<>();
    for (int columns : new int[] {1, 4, 10}) {
      HardInputs inputs = new HardInputs(loss, dtype, columns);
      Batch drawn = inputs.ordinary(Objects.requireNonNull(ROWS.get(columns)));
      ordinary.add(isDefined(loss, drawn) ? drawn : drawn.magnitudes(loss.inputs()));
      extreme.add(inputs.extreme(EXTREME_ROWS / ROWS.size()));
    }
    return new Yardstick(new Reference(loss, dtype), ordinary, extreme);
  }

  /** Some losses take the logarithm of a number that they do not refuse when it is negative. */
  private static boolean isDefined(NamedInputsLoss loss, Batch batch) {
    Tensor losses = Evaluator.of(loss)
        .evaluate(LossInputs.named(batch.tensors()), Reduction.NONE, Gradients.NONE)
        .losses();
    return IntStream.range(0, losses.size()).noneMatch(i -> Double.isNaN(losses.get(i)));
  }

  private static Yardstick ofArrays(LossFunction loss, DType dtype) {
    if (loss instanceof Ctc) {
      return smooth(LabelDefinitions::ctc, HardArrays::sequence, dtype);
    } else if (loss instanceof MultilabelMargin) {
      return choosing(LabelDefinitions::multilabelMargin, HardArrays::targets, dtype);
    } else if (loss instanceof LovaszHinge) {
      return choosing(RegionDefinitions::lovaszHinge, HardArrays::binary, dtype);
    } else if (loss instanceof Dice) {
      return smooth(RegionDefinitions::dice, HardArrays::regions, dtype);
    } else if (loss instanceof Jaccard) {
      return smooth(RegionDefinitions::jaccard, HardArrays::regions, dtype);
    } else if (loss instanceof Tversky tversky) {
      return smooth(in -> RegionDefinitions.tversky(tversky, in), HardArrays::regions, dtype);
    } else if (loss instanceof FocalTversky tversky) {
      return smooth(in -> RegionDefinitions.focalTversky(tversky, in), HardArrays::regions, dtype);
    } else if (loss instanceof Npairs) {
      return smooth(PairDefinitions::npairs, HardArrays::similarities, dtype);
    } else if (loss instanceof TripletHard triplet) {
      return choosing(in -> PairDefinitions.hard(triplet, in), HardArrays::embeddings, dtype);
    } else if (loss instanceof TripletSemihard triplet) {
      return choosing(in -> PairDefinitions.semihard(triplet, in), HardArrays::embeddings, dtype);
    } else if (loss instanceof Circle circle) {
      return choosing(in -> PairDefinitions.circle(circle, in), HardArrays::units, dtype);
    } else if (loss instanceof InfoNce infoNce) {
      return ofCosines(infoNce.temperature(), dtype);
    } else if (loss instanceof SupervisedContrastive contrastive) {
      return ofCosines(contrastive.temperature(), dtype);
    }
    throw new IllegalArgumentException(loss + " has no definition in many digits here yet");
  }

  private static Yardstick ofCosines(double temperature, DType dtype) {
    return smooth(
        in -> PairDefinitions.softmaxOverOthers(temperature, in), HardArrays::embeddings, dtype);
  }

  private static Yardstick smooth(
      ArrayReference.Definition definition,
      BiFunction<HardArrays, Boolean, Batch> inputs,
      DType dtype) {
    return ofArrays(new ArrayReference(definition, false), inputs, dtype);
  }

  private static Yardstick choosing(
      ArrayReference.Definition definition,
      BiFunction<HardArrays, Boolean, Batch> inputs,
      DType dtype) {
    return ofArrays(new ArrayReference(definition, true), inputs, dtype);
  }

  private static Yardstick ofArrays(
      ExactLoss exact, BiFunction<HardArrays, Boolean, Batch> inputs, DType dtype) {
    HardArrays hard = new HardArrays(dtype);
    return new Yardstick(
        exact,
        IntStream.range(0, ARRAYS).mapToObj(i -> inputs.apply(hard, false)).toList(),
        IntStream.range(0, EXTREME_ROWS).mapToObj(i -> inputs.apply(hard, true)).toList());
  }
}
