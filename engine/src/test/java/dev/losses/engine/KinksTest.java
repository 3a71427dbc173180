package dev.losses.engine;

import static dev.losses.engine.Evaluations.map;
import static dev.losses.engine.Evaluations.matrix;
import static dev.losses.engine.Evaluations.row;
import static dev.losses.engine.Evaluations.slope;
import static dev.losses.spi.Expr.where;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.engine.internal.graph.Formula;
import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.graph.Structure;
import dev.losses.engine.internal.kernel.Schedule;
import dev.losses.spi.DType;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import org.junit.jupiter.api.Test;

/** The one convention for gradients where a derivative does not exist: catalogue, "Gradient at a kink". */
class KinksTest {

  @Test
  void absHasSlopeZeroAtZero() {
    assertArrayEquals(row(-1, 0, 1), slope(Expr::abs, -2, 0, 2));
  }

  @Test
  void maximumWithANumberHasSlopeZeroWhereTheyAreEqual() {
    assertArrayEquals(row(0, 0, 1), slope(x -> x.maximum(1), 0, 1, 2));
    assertArrayEquals(row(1, 0, 0), slope(x -> x.minimum(1), 0, 1, 2));
    assertArrayEquals(row(0, 0, 1), slope(x -> Expr.constant(1).maximum(x), 0, 1, 2));
  }

  @Test
  void maximumOfTwoExpressionsSharesATie() {
    assertArrayEquals(row(-1, 0.5, 2), slope(x -> x.times(2).maximum(x.unaryMinus()), -1, 0, 1));
    assertArrayEquals(row(2, 0.5, -1), slope(x -> x.times(2).minimum(x.unaryMinus()), -1, 0, 1));
  }

  @Test
  void clipHasSlopeOneAtItsBoundsAndZeroOutside() {
    assertArrayEquals(row(0, 1, 1, 1, 0), slope(x -> x.clip(0, 1), -0.1, 0, 0.5, 1, 1.1));
  }

  @Test
  void theBranchNotTakenPoisonsNeitherValueNorGradient() {
    assertArrayEquals(row(0, 0), map(x -> where(x.greaterThan(0), x.log(), 0), 0, -1));
    assertArrayEquals(row(0, 0, 0.5), slope(x -> where(x.greaterThan(0), x.log(), 0), 0, -1, 2));
    assertArrayEquals(row(0, 0.25), slope(x -> where(x.greaterThan(0), x.sqrt(), 0), 0, 4));
  }

  @Test
  void aRowsMaximumIsSharedEquallyAmongTies() {
    FormulaLoss loss = (yTrue, yPred) -> yPred.max();
    double[] gradient = Evaluations.evaluate(
            loss,
            matrix(row(0, 0, 0), row(0, 0, 0)),
            matrix(row(1, 3, 3), row(5, 5, 5)),
            Reduction.SUM)
        .gradient("y_pred")
        .doubles();
    assertArrayEquals(row(0, 0.5, 0.5, 1 / 3.0, 1 / 3.0, 1 / 3.0), gradient, 1e-15);
  }

  @Test
  void theNormOfAZeroVectorHasGradientZero() {
    for (double p : new double[] {1, 2, 3, Double.POSITIVE_INFINITY}) {
      FormulaLoss loss = (yTrue, yPred) -> yPred.norm(p);
      LossResult result =
          Evaluations.evaluate(loss, matrix(row(0, 0)), matrix(row(0, 0)), Reduction.SUM);
      assertArrayEquals(row(0, 0), result.gradient("y_pred").doubles(), "p = " + p);
    }
  }

  @Test
  void powerZeroHasSlopeZeroEverywhere() {
    assertArrayEquals(row(0, 0), slope(x -> x.pow(0), 0, 2));
  }

  @Test
  void detachedLetsNoGradientThrough() {
    assertArrayEquals(row(3), slope(x -> x.detached().times(x), 3));
  }

  @Test
  void anInfiniteSlopeOutsideDoesNotSpoilTheKinkOfAbs() {
    assertEquals(0, slope(x -> x.abs().sqrt(), 0)[0]);
    assertEquals(0, slope(x -> x.abs().pow(0.5), 0)[0]);
    assertEquals(0, slope(x -> x.abs().log1p().sqrt(), 0)[0]);
  }

  @Test
  void aLongChainOfBranchesHasAGradientOfItsOwnSize() {
    Structure steps = new Formula(staircase(200)).structure();
    Request gradient = new Request(DType.FLOAT64, true, false, false, false);
    Request value = new Request(DType.FLOAT64, false, false, false, false);
    int of200 = size(LossGraph.of(steps, gradient)) / size(LossGraph.of(steps, value));
    assertTrue(of200 < 8, "gradient " + of200 + " times as large as the value");
  }

  private static FormulaLoss staircase(int steps) {
    return (t, p) -> {
      Expr value = p;
      for (int i = 0; i < steps; i++) {
        value = Expr.where(p.lessThan(i), p.times(i).plus(t), value.times(0.5));
      }
      return value;
    };
  }

  private static int size(LossGraph graph) {
    return Schedule.of(graph).stages().stream()
        .mapToInt(stage -> stage.elements().size())
        .sum();
  }
}
