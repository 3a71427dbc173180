package dev.losses.engine;

import dev.losses.engine.internal.kernel.KernelSource;
import dev.losses.engine.internal.kernel.Workers;
import dev.losses.spi.DType;
import dev.losses.spi.MultiFormLoss;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Evaluates a loss that is one of several formulas; each has an evaluator of its own from its first use. */
final class MultiFormEvaluator extends Evaluator {
  /** Beyond it a form's evaluator is not kept: an author who makes a new form every time gets slow, not leaking, code. */
  private static final int MOST_KEPT = 16;

  private final MultiFormLoss loss;
  private final KernelSource kernels;
  private final Workers workers;
  private final Map<NamedInputsLoss, FormulaEvaluator> forms = new ConcurrentHashMap<>();
  private volatile FormulaEvaluator latest;

  MultiFormEvaluator(MultiFormLoss loss, KernelSource kernels, Workers workers) {
    this.loss = loss;
    this.kernels = kernels;
    this.workers = workers;
    this.latest = evaluator(loss.usualForm());
  }

  @Override
  public LossResult evaluate(LossInputs inputs, Reduction reduction, Gradients gradients) {
    FormulaEvaluator evaluator = evaluator(shapes(inputs), inputs);
    latest = evaluator;
    return evaluator.evaluate(inputs, reduction, gradients);
  }

  @Override
  Batch batch(LossInputs inputs) {
    FormulaEvaluator evaluator = evaluator(shapes(inputs), inputs);
    latest = evaluator;
    return evaluator.batch(inputs);
  }

  @Override
  boolean hasOneForm(LossInputs inputs, long otherRows) {
    Map<String, int[]> others = shapes(inputs);
    others.values().forEach(shape -> shape[0] = (int) Math.min(otherRows, Integer.MAX_VALUE));
    return evaluator(shapes(inputs), inputs).computesAs(evaluator(others, inputs));
  }

  private static Map<String, int[]> shapes(LossInputs inputs) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    inputs.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  private FormulaEvaluator evaluator(Map<String, int[]> shapes, LossInputs inputs) {
    DType dtype =
        inputs.tensors().values().stream().map(Tensor::dtype).findFirst().orElse(DType.FLOAT64);
    return AuthorCode.call(() -> evaluator(loss.form(dtype, Map.copyOf(shapes))));
  }

  private FormulaEvaluator evaluator(NamedInputsLoss form) {
    FormulaEvaluator known = forms.get(form);
    if (known == null) {
      known = new FormulaEvaluator(form, kernels, workers);
      if (forms.size() < MOST_KEPT) {
        forms.put(form, known);
      }
    }
    return known;
  }

  @Override
  public boolean looksAlongRows() {
    // One of its forms may.
    return true;
  }

  @Override
  public boolean rowsAreIndependent() {
    // Each of its forms is a formula.
    return true;
  }

  @Override
  public Computation computation() {
    return latest.computation();
  }
}
