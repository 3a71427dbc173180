package dev.losses.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.ExampleInputs;
import dev.losses.spi.ArrayLoss;
import dev.losses.spi.DType;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Operator;
import dev.losses.spi.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final int COLUMNS = 3;
  private static final Real STEP = Real.of(new BigDecimal("1e-20"));

  @Test
  void gradientsAreTheDifferencesOfTheValues() {
    int compared = 0;
    for (Subject subject : Subject.all()) {
      if (!(subject.float64() instanceof NamedInputsLoss loss)) {
        continue;
      }
      Reference reference = new Reference(loss, DType.FLOAT64);
      boolean detaches =
          reference.steps().stream().anyMatch(step -> step.expr().operator() == Operator.DETACH);
      if (!detaches) {
        Map<String, Tensor> tensors = ExampleInputs.of(loss.inputs(), 1, COLUMNS, 5);
        Batch batch = new Batch(1, COLUMNS, DType.FLOAT64, tensors);
        Map<String, List<Real>> inputs = new LinkedHashMap<>();
        batch.row(0).forEach((name, row) -> inputs.put(name, reals(row)));
        compared += compare(subject, reference, inputs, COLUMNS);
      }
    }
    assertTrue(compared > 0);
  }

  @Test
  void gradientsOfArrayLossesAreTheDifferencesOfTheValues() {
    for (Subject subject : Subject.all()) {
      if (subject.float64() instanceof ArrayLoss) {
        Yardstick yardstick = Yardstick.of(subject.float64(), DType.FLOAT64);
        int compared = 0;
        for (Batch batch : yardstick.ordinary().subList(0, 8)) {
          Map<String, List<Real>> inputs = new LinkedHashMap<>();
          batch.row(0).forEach((name, values) -> inputs.put(name, reals(values)));
          compared += compare(subject, yardstick.exact(), inputs, batch.columns());
        }
        assertTrue(compared > 0, subject.title());
      }
    }
  }

  private static int compare(
      Subject subject, ExactLoss reference, Map<String, List<Real>> inputs, int columns) {
    int compared = 0;
    ExactRow exact = reference.evaluate(inputs, columns);
    if (!sum(exact).isFinite()) {
      return 0;
    }
    for (var input : subject.float64().inputs()) {
      List<Real> row = inputs.get(input.name());
      for (int i = 0; input.differentiable() && i < row.size(); i++) {
        Real gradient = exact.gradients().get(input.name()).get(i);
        if (gradient.isNan()) {
          continue;
        }
        Real above = sum(reference.evaluate(moved(inputs, input.name(), i, STEP), columns));
        Real below =
            sum(reference.evaluate(moved(inputs, input.name(), i, STEP.negate()), columns));
        Real slope = above.minus(below).div(STEP.plus(STEP));
        assertEquals(
            slope.toDouble(),
            gradient.toDouble(),
            1e-15 * Math.max(1, Math.abs(slope.toDouble())),
            subject.title() + " d/d " + input.name() + "[" + i + "]");
        compared++;
      }
    }
    return compared;
  }

  private static Map<String, List<Real>> moved(
      Map<String, List<Real>> inputs, String name, int element, Real by) {
    Map<String, List<Real>> moved = new LinkedHashMap<>(inputs);
    List<Real> row = new ArrayList<>(inputs.get(name));
    row.set(element, row.get(element).plus(by));
    moved.put(name, row);
    return moved;
  }

  private static Real sum(ExactRow exact) {
    return exact.losses().stream().reduce(Real.ZERO, Real::plus);
  }

  @Test
  void kinksFollowTheConvention() {
    assertEquals(0, slopeAtZero((t, p) -> p.abs()));
    assertEquals(0, slopeAtZero((t, p) -> p.maximum(0)));
    assertEquals(1, slopeAtZero((t, p) -> p.clip(0, 1)));
    assertEquals(0.5, slopeAtZero((t, p) -> p.maximum(p.times(0)).plus(t)));
    assertEquals(
        0.5,
        slopeAtZero((t, p) -> Expr.where(Expr.classIndex().equalTo(0), p, t).max()),
        "a tie");
    assertEquals(0, slopeAtZero((t, p) -> p.norm(2)));
    assertEquals(0, slopeAtZero((t, p) -> p.detached()));
    assertEquals(
        0, slopeAtZero((t, p) -> Expr.where(p.equalTo(0), p.times(0), p.log())), "not taken");
  }

  private static double slopeAtZero(FormulaLoss loss) {
    List<Real> zeros = reals(List.of(0.0, 0.0));
    return new Reference(loss, DType.FLOAT64)
        .evaluate(Map.of("y_true", zeros, "y_pred", zeros), 2).gradients().get("y_pred").stream()
            .reduce(Real.ZERO, Real::plus)
            .toDouble();
  }

  @Test
  void nothingOverflowsOrCancelsOnTheWay() {
    FormulaLoss cancels = (t, p) -> p.exp().plus(1).minus(p.exp());
    List<Real> large = reals(List.of(100.0));
    assertEquals(
        1,
        new Reference(cancels, DType.FLOAT64)
            .evaluate(Map.of("y_true", large, "y_pred", large), 1)
            .losses()
            .get(0)
            .toDouble());
  }

  private static List<Real> reals(List<Double> values) {
    return values.stream().map(Real::of).toList();
  }
}
