package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.spi.DType;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One bad value is found wherever it is, by the interpreter and by compiled kernels. */
class ViolationsTest {
  private static final class RowLoss implements FormulaLoss {
    @Override
    public List<Input> inputs() {
      return Input.pair(Domain.REAL, Domain.PROBABILITY);
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.div(yPred.sum()).minus(yTrue).squared().sum();
    }
  }

  static Stream<Arguments> places() {
    Stream.Builder<Arguments> places = Stream.builder();
    int[][] shapes = {{100, 3}, {700, 32}, {300, 33}, {20, 1000}, {9, 1025}, {2, 65_537}};
    for (int[] shape : shapes) {
      for (int row : new int[] {0, shape[0] / 2, shape[0] - 1}) {
        for (int column : new int[] {0, shape[1] / 2, shape[1] - 1}) {
          places.add(Arguments.of(shape[0], shape[1], row, column));
        }
      }
    }
    return places.build();
  }

  @ParameterizedTest
  @MethodSource("places")
  void aBadProbabilityIsFoundWhereverItIs(int rows, int columns, int row, int column) {
    Tensor yPred = Tensor.zeros(DType.FLOAT32, rows, columns);
    Arrays.fill(yPred.floats(), 0.5f);
    LossInputs inputs = LossInputs.of(Tensor.of(new float[rows * columns], rows, columns), yPred);
    for (Evaluator evaluator :
        List.of(Kernels.interpreted(new RowLoss()), Kernels.compiled(new RowLoss()))) {
      evaluator.evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE);
      yPred.floats()[row * columns + column] = 2;
      InvalidInputsException refusal = assertThrows(
          InvalidInputsException.class,
          () -> evaluator.evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE));
      assertEquals("/y_pred/" + row + "/" + column, refusal.violations().get(0).pointer());
      boolean[] mask = new boolean[rows];
      Arrays.fill(mask, true);
      mask[row] = false;
      evaluator.evaluate(inputs.withMask(mask), Reduction.MEAN, Gradients.COMPUTE);
      yPred.floats()[row * columns + column] = 0.5f;
    }
  }
}
