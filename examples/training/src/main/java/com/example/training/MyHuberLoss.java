package com.example.training;

import static dev.losses.spi.Expr.where;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;

/** Huber loss, written where it is used: nothing is registered, the record itself is given to the network. */
@LossName("my_huber_loss")
@Description("Squared error near zero, absolute error beyond the threshold.")
public record MyHuberLoss(
    @Positive @Description("Error size at which the loss turns from quadratic to linear.")
    double threshold)
    implements FormulaLoss {

  public MyHuberLoss() {
    this(1.0);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr error = yTrue.minus(yPred);
    Expr smallErrorLoss = error.squared().div(2);
    Expr bigErrorLoss = error.abs().minus(0.5 * threshold).times(threshold);
    return where(error.abs().atMost(threshold), smallErrorLoss, bigErrorLoss);
  }
}
