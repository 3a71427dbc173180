package dev.losses.api;

import dev.losses.api.internal.CodeOrigin;
import dev.losses.api.internal.LossFormulas;
import dev.losses.engine.AuthorCode;
import dev.losses.engine.ClassCountException;
import dev.losses.engine.Computation;
import dev.losses.engine.Evaluator;
import dev.losses.engine.Gradients;
import dev.losses.engine.InvalidInputsException;
import dev.losses.engine.LossFunctionException;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.engine.Violation;
import dev.losses.spi.Expr;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.LossFunction;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Operator;
import dev.losses.spi.Tensor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A loss with its parameters bound. Immutable and thread-safe. */
public final class Loss {
  private final LossDefinition definition;
  private final LossFunction function;
  private final Map<String, @Nullable Object> parameters;
  private final Evaluator evaluator;
  private final EvaluationListener listener;

  Loss(
      LossDefinition definition,
      LossFunction function,
      Map<String, @Nullable Object> parameters,
      Evaluator evaluator,
      EvaluationListener listener) {
    this.definition = definition;
    this.function = function;
    this.parameters = parameters;
    this.evaluator = evaluator;
    this.listener = listener;
  }

  /**
   * A loss as its author's record has it, without a catalogue: {@code Loss.of(new MyHuber(2.0))}. The record's values
   * count as the defaults of its parameters.
   *
   * @throws LossException {@link LossErrorCode#INVALID_DEFINITION} telling the author what to change
   */
  public static Loss of(LossFunction function) {
    return LossDefinition.of(function, new CodeOrigin().of(function.getClass()))
        .bind(Map.of(), evaluation -> {});
  }

  /**
   * The same loss with some of its parameters changed.
   *
   * @param changes by wire name
   * @throws LossException {@link LossErrorCode#INVALID_PARAMETERS} with every violation
   */
  public Loss with(Map<String, ?> changes) {
    Map<String, @Nullable Object> all = new HashMap<>(parameters);
    all.putAll(changes);
    return definition.bind(all, listener);
  }

  /** What it is. */
  public LossDefinition definition() {
    return definition;
  }

  /** Every parameter by wire name, the defaults included. */
  public Map<String, @Nullable Object> parameters() {
    return parameters;
  }

  /** The inputs with these parameters, on which domains may depend. */
  public List<Input> inputs() {
    return AuthorCode.call(function::inputs);
  }

  /**
   * Whether it needs whole rows, of shape {@code [batch, ..., features]}, as cross-entropies over classes do and losses on
   * arrays may. Else each element has a loss of its own, and a batch of scalars will do.
   */
  public boolean looksAlongRows() {
    return evaluator.looksAlongRows();
  }

  /**
   * Whether the loss of a row is known to depend on that row alone. Then {@link #accumulate} takes it batch by batch. It is
   * not where a loss compares the rows of a batch or is one number for all of them, nor for a loss on arrays whose author
   * does not say so.
   */
  public boolean rowsAreIndependent() {
    return evaluator.rowsAreIndependent();
  }

  /** How it was computed last: by a compiled kernel once that has been used enough, if the JVM has SIMD. */
  public Computation computation() {
    return evaluator.computation();
  }

  /** Whether part of its formula is detached, so that its gradient is meant to differ from its slope. */
  public boolean detaches() {
    NamedInputsLoss formula = AuthorCode.call(() -> LossFormulas.usual(function));
    if (formula == null) {
      return false;
    }
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expr> pending = new ArrayDeque<>();
    pending.add(AuthorCode.call(() -> formula.loss(Inputs.of(formula.inputs()))));
    while (!pending.isEmpty()) {
      Expr expression = pending.remove();
      if (expression.operator() == Operator.DETACH) {
        return true;
      }
      expression.operands().stream().filter(seen::add).forEach(pending::add);
    }
    return false;
  }

  /** The mean loss, without gradient. */
  public LossResult evaluate(LossInputs inputs) {
    return evaluate(inputs, Reduction.MEAN);
  }

  /** The loss, without gradient. */
  public LossResult evaluate(LossInputs inputs, Reduction reduction) {
    return evaluate(inputs, reduction, Gradients.NONE);
  }

  /**
   * The loss and, if wanted, its gradients.
   *
   * @throws LossException {@link LossErrorCode#INVALID_INPUTS} with what is wrong and where (a parameter too, where
   *     float32 inputs make it 0 or infinite), or
   *     {@link LossErrorCode#LOSS_FAILURE} when the loss's own code failed
   */
  public LossResult evaluate(LossInputs inputs, Reduction reduction, Gradients gradients) {
    return observed(inputs, reduction, () -> evaluator.evaluate(inputs, reduction, gradients));
  }

  /**
   * Begins a loss of data too large to hold: its batches are given one by one, the value is that of all at once.
   *
   * <pre>{@code
   * LossAccumulator accumulator = loss.accumulate(Reduction.MEAN);
   * for (LossInputs batch : batches) {
   *   accumulator.add(batch);
   * }
   * double value = accumulator.value();
   * }</pre>
   *
   * @param reduction any but {@link Reduction#NONE}, which keeps every loss
   * @throws LossException {@link LossErrorCode#INVALID_INPUTS} for that reduction, or unless {@link #rowsAreIndependent()}
   */
  public LossAccumulator accumulate(Reduction reduction) {
    if (reduction == Reduction.NONE) {
      throw LossException.violations(
          LossErrorCode.INVALID_INPUTS,
          List.of(
              new Violation(
                  "/reduction",
                  "none keeps the loss of every row; over batches only mean, mean_with_sample_weight and sum can be had")));
    }
    if (!rowsAreIndependent()) {
      throw LossException.of(
          LossErrorCode.INVALID_INPUTS,
          "The loss '" + definition.name()
              + "' may compare the rows of a batch, so it needs them all at once: evaluate it on all of them together");
    }
    return new LossAccumulator(this, evaluator.accumulate(), reduction);
  }

  /** Evaluates, tells the listener, and says what is wrong in the words of this API. */
  <T> T observed(LossInputs inputs, Reduction reduction, Supplier<T> evaluation) {
    long start = System.nanoTime();
    LossErrorCode failure = LossErrorCode.LOSS_FAILURE;
    try {
      Representable.check(parameters, inputs);
      T result = evaluation.get();
      failure = null;
      return result;
    } catch (InvalidInputsException e) {
      failure = LossErrorCode.INVALID_INPUTS;
      List<Violation> violations =
          e instanceof ClassCountException count ? named(count) : e.violations();
      throw LossException.violations(LossErrorCode.INVALID_INPUTS, violations);
    } catch (LossFunctionException e) {
      throw LossException.of(
          LossErrorCode.LOSS_FAILURE,
          "The loss '" + definition.name() + "' of " + definition.source().plugin() + " failed: "
              + e.getMessage());
    } finally {
      listener.evaluated(new EvaluationListener.Evaluation(
          definition,
          reduction,
          elements(inputs),
          Duration.ofNanos(System.nanoTime() - start),
          failure));
    }
  }

  private List<Violation> named(ClassCountException e) {
    return parameters.entrySet().stream()
        .filter(parameter -> e.values().equals(parameter.getValue()))
        .findFirst()
        .map(parameter -> List.of(e.of(parameter.getKey())))
        .orElse(e.violations());
  }

  private static long elements(LossInputs inputs) {
    long largest = 0;
    for (Tensor tensor : inputs.tensors().values()) {
      largest = Math.max(largest, tensor.size());
    }
    return largest;
  }
}
