package dev.losses.engine;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.DType;
import dev.losses.spi.Input;
import dev.losses.spi.InvalidInputException;
import dev.losses.spi.Losses;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Evaluates a loss whose author computes value and gradient on arrays; weighs and reduces what it answers. */
final class ArrayEvaluator extends Evaluator {
  private final ArrayLoss loss;
  private final List<Input> inputs;
  private final boolean rowsAreIndependent;

  ArrayEvaluator(ArrayLoss loss) {
    this.loss = loss;
    this.inputs = List.copyOf(loss.inputs());
    this.rowsAreIndependent = loss.rowsAreIndependent();
  }

  @Override
  public LossResult evaluate(LossInputs given, Reduction reduction, Gradients wanted) {
    Answer answer = answer(given);
    Losses losses = answer.losses();
    Weighting weighting = answer.weighting();
    Map<String, Tensor> targets = Targets.of(wanted, inputs, answer.tensors());
    Tensor weighted = weighted(losses, weighting);
    Totals totals = new Totals(1);
    add(losses, weighting, weighted, totals);
    if (!targets.isEmpty()) {
      double denominator = totals.denominator(reduction);
      Tensor upstream = Tensor.zeros(losses.values().dtype(), losses.values().shape());
      for (int i = 0; i < upstream.size(); i++) {
        upstream.set(i, denominator == 0 ? 0 : weighting.weight(i) / denominator);
      }
      if (isZero(upstream)) {
        targets.values().forEach(Targets::clear);
      } else {
        Map<String, Tensor> named = answer.named();
        Map<String, Tensor> gradients =
            given("gradients", call(named, () -> loss.gradient(Map.copyOf(named), upstream)));
        targets.forEach((name, target) -> copy(name, gradients.get(name), target));
      }
    }
    @Nullable Tensor unreduced = reduction == Reduction.NONE ? weighted : null;
    return new LossResult(
        reduction, weighted.dtype(), totals.value(reduction), unreduced, Map.copyOf(targets));
  }

  @Override
  Batch batch(LossInputs given) {
    Answer answer = answer(given);
    if (answer.losses().values().rank() == 0) {
      throw new LossFunctionException(
          "it says that its rows are independent, but gives one loss for the whole batch");
    }
    Tensor weighted = weighted(answer.losses(), answer.weighting());
    return new Batch(
        1, answer.labels(), totals -> add(answer.losses(), answer.weighting(), weighted, totals));
  }

  /** The author's losses, the inputs they are for, and what they weigh. */
  private record Answer(
      List<Tensor> tensors,
      Map<String, Tensor> named,
      Map<String, LabelReading> labels,
      Losses losses,
      Weighting weighting) {}

  private Answer answer(LossInputs given) {
    List<Tensor> tensors = Layout.ofArrays(inputs, given);
    if (rowsAreIndependent && given.mask() != null) {
      tensors = LeftOut.cleared(inputs, tensors, given.mask());
    }
    // Where rows serve one another, one that is masked out is checked too.
    int batch = tensors.get(0).axis(0);
    Weighting everyRow = new Weighting(new int[] {batch}, null, null);
    DomainScan.check(inputs, tensors, 0, batch, everyRow);
    SignedLabels signed =
        SignedLabels.in(inputs, Probabilities.clipped(inputs, tensors), batch, everyRow);
    tensors = signed.tensors();
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < tensors.size(); i++) {
      named.put(inputs.get(i).name(), tensors.get(i));
    }
    Losses losses = given("losses", call(named, () -> loss.loss(Map.copyOf(named))));
    checkAnswer("loss", losses.values(), tensors.get(0).dtype(), null);
    if (losses.values().rank() > 0 && losses.values().axis(0) != batch) {
      throw new LossFunctionException("its losses have shape "
          + Arrays.toString(losses.values().shape()) + "; the first axis must be the batch, "
          + batch);
    }
    Weighting weighting =
        new Weighting(losses.values().shape(), given.sampleWeight(), given.mask());
    return new Answer(tensors, named, signed.readings(), losses, weighting);
  }

  @Override
  public boolean looksAlongRows() {
    return true;
  }

  @Override
  public boolean rowsAreIndependent() {
    return rowsAreIndependent;
  }

  @Override
  public Computation computation() {
    return new Computation(Computation.Path.ARRAY, "its author computes it on arrays");
  }

  /** Calls the author's code, which may find the caller's inputs wrong. */
  private static <T> T call(Map<String, Tensor> inputs, Supplier<T> code) {
    return AuthorCode.call(() -> {
      try {
        return code.get();
      } catch (InvalidInputException e) {
        throw new InvalidInputsException(pointer(e, inputs), e.getMessage());
      }
    });
  }

  private static String pointer(InvalidInputException e, Map<String, Tensor> inputs) {
    Tensor input = inputs.get(e.field());
    if (input == null) {
      return "/parameters/" + e.field();
    }
    int position = e.position().orElse(-1);
    return position < 0 || position >= input.size()
        ? "/" + e.field()
        : Positions.pointer(e.field(), input.shape(), position);
  }

  private static Tensor weighted(Losses losses, Weighting weighting) {
    Tensor weighted = Tensor.zeros(losses.values().dtype(), losses.values().shape());
    for (int i = 0; i < weighted.size(); i++) {
      double weight = weighting.weight(i);
      weighted.set(i, weight == 0 ? 0 : weight * losses.values().get(i));
    }
    return weighted;
  }

  private static void add(Losses losses, Weighting weighting, Tensor weighted, Totals totals) {
    Tensor counts = losses.counts();
    for (int i = 0; i < weighted.size(); i++) {
      double weight = weighting.weight(i);
      double counted = counts == null ? 1 : counts.get(i);
      totals.addLosses(weighted.get(i), 1);
      totals.addCounts(weighting.present(i) ? counted : 0);
      totals.addWeightedCounts(weight == 0 ? 0 : weight * counted);
    }
  }

  private static void copy(String name, @Nullable Tensor gradient, Tensor target) {
    if (gradient == null) {
      throw new LossFunctionException(
          "it gave no gradient for its differentiable input '" + name + "'");
    }
    checkAnswer("gradient of " + name, gradient, target.dtype(), target.shape());
    System.arraycopy(Targets.array(gradient), 0, Targets.array(target), 0, target.size());
  }

  private static <T> T given(String what, @Nullable T answer) {
    if (answer == null) {
      throw new LossFunctionException("it answered null instead of " + what);
    }
    return answer;
  }

  private static boolean isZero(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      if (tensor.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static void checkAnswer(String what, Tensor answer, DType dtype, int @Nullable [] shape) {
    if (answer.dtype() != dtype) {
      throw new LossFunctionException("its " + what + " is " + answer.dtype().wireName()
          + ", the inputs are " + dtype.wireName());
    }
    if (shape != null && !Arrays.equals(answer.shape(), shape)) {
      throw new LossFunctionException("its " + what + " has shape "
          + Arrays.toString(answer.shape()) + ", the input has shape " + Arrays.toString(shape));
    }
  }
}
