package com.example.losses;

import static dev.losses.spi.Expr.where;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;

/** Huber loss: quadratic near zero, linear beyond the threshold. */
@LossName("my_huber")
@Description("Squared error near zero, absolute error beyond the threshold; robust to outliers.")
public record MyHuber(
    @Positive @Description("Error size at which the loss turns from quadratic to linear.") double threshold)
    implements FormulaLoss {

  public MyHuber() {
    this(1.0); // The constructor ServiceLoader calls states the defaults.
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr error = yTrue.minus(yPred);
    Expr smallErrorLoss = error.squared().div(2);
    Expr bigErrorLoss = error.abs().minus(0.5 * threshold).times(threshold);
    return where(error.abs().atMost(threshold), smallErrorLoss, bigErrorLoss);
  }
}
