package dev.losses.engine;

import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.LossFunction;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Losses and short forms that the engine's tests share. */
final class Evaluations {
  static final FormulaLoss SQUARED_ERROR = (yTrue, yPred) -> yPred.minus(yTrue).squared();

  private Evaluations() {}

  /** The losses of f(y_pred), one for each element. */
  static double[] map(UnaryOperator<Expr> f, double... x) {
    FormulaLoss loss = (yTrue, yPred) -> f.apply(yPred);
    return Evaluator.of(loss)
        .evaluate(LossInputs.of(new double[x.length], x), Reduction.NONE, Gradients.NONE)
        .losses()
        .doubles();
  }

  /** The derivative of f at each x. */
  static double[] slope(UnaryOperator<Expr> f, double... x) {
    FormulaLoss loss = (yTrue, yPred) -> f.apply(yPred);
    return Evaluator.of(loss)
        .evaluate(LossInputs.of(new double[x.length], x), Reduction.SUM, Gradients.COMPUTE)
        .gradient("y_pred")
        .doubles();
  }

  static NamedInputsLoss loss(List<Input> inputs, Function<Inputs, Expr> formula) {
    return new NamedInputsLoss() {
      @Override
      public Expr loss(Inputs in) {
        return formula.apply(in);
      }

      @Override
      public List<Input> inputs() {
        return inputs;
      }
    };
  }

  /** Cross-entropy of logits against one class index for each row. */
  static NamedInputsLoss sparseCrossEntropy() {
    return loss(
        List.of(Input.of("y_true", Domain.CLASS_INDEX).perRow(), Input.of("y_pred", Domain.LOGIT)),
        in -> in.get("y_pred").logSoftmax().at(in.get("y_true")).unaryMinus());
  }

  static LossResult evaluate(LossFunction loss, Tensor yTrue, Tensor yPred, Reduction reduction) {
    return Evaluator.of(loss).evaluate(LossInputs.of(yTrue, yPred), reduction, Gradients.COMPUTE);
  }

  static Tensor matrix(double[]... rows) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return Tensor.of(flat, rows.length, rows[0].length);
  }

  static double[] row(double... values) {
    return values;
  }
}
