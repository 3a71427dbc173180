package dev.losses.engine;

import static dev.losses.engine.Evaluations.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.Input;
import dev.losses.spi.InvalidInputException;
import dev.losses.spi.Losses;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A loss on arrays is weighed, masked and reduced like a formula. */
class ArrayLossTest {

  /** Squared distance of a prediction from the mean of all: it couples the rows of a batch. */
  private static class Spread implements ArrayLoss {
    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      double[] p = inputs.get("y_pred").doubles();
      double mean = java.util.Arrays.stream(p).average().orElseThrow();
      return Losses.of(Tensor.of(
          java.util.Arrays.stream(p).map(x -> (x - mean) * (x - mean)).toArray(), p.length));
    }

    @Override
    public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
      double[] p = inputs.get("y_pred").doubles();
      double mean = java.util.Arrays.stream(p).average().orElseThrow();
      double[] gradient = new double[p.length];
      for (int i = 0; i < p.length; i++) {
        double slope = upstream.get(i) * 2 * (p[i] - mean);
        for (int j = 0; j < p.length; j++) {
          gradient[j] += slope * ((i == j ? 1 : 0) - 1.0 / p.length);
        }
      }
      return Map.of("y_pred", Tensor.of(gradient, p.length));
    }
  }

  private final LossInputs inputs = LossInputs.of(row(0, 0, 0), row(1, 2, 6));

  @Test
  void itIsReducedLikeAnyOther() {
    Evaluator evaluator = Evaluator.of(new Spread());
    LossResult result = evaluator.evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(14 / 3.0, result.value(), 1e-15);
    assertArrayEquals(row(-4 / 3.0, -2 / 3.0, 2), result.gradient("y_pred").doubles(), 1e-15);
    assertArrayEquals(
        row(4, 1, 9),
        evaluator.evaluate(inputs, Reduction.NONE, Gradients.NONE).losses().doubles());
  }

  @Test
  void aMaskedRowStillServesTheOthers() {
    LossResult result = Evaluator.of(new Spread())
        .evaluate(
            inputs.withMask(new boolean[] {true, false, true}).withSampleWeight(row(1, 1, 2)),
            Reduction.MEAN,
            Gradients.NONE);
    assertEquals((4 + 2 * 9) / 2.0, result.value());
  }

  @Test
  void aMaskMayLeaveOutSomeRowsOfAnExampleOfIndependentRows() {
    class RefusesNan implements ArrayLoss {
      @Override
      public boolean rowsAreIndependent() {
        return true;
      }

      @Override
      public Losses loss(Map<String, Tensor> given) {
        for (double value : given.get("y_pred").doubles()) {
          if (Double.isNaN(value)) {
            throw new InvalidInputException("y_pred", "no NaN please");
          }
        }
        return Losses.of(Tensor.of(row(1, 2, 3, 4), 2, 2));
      }

      @Override
      public Map<String, Tensor> gradient(Map<String, Tensor> given, Tensor upstream) {
        return Map.of("y_pred", given.get("y_pred"));
      }
    }
    Evaluator evaluator = Evaluator.of(new RefusesNan());
    Tensor yPred = Tensor.of(row(1, Double.NaN, 3, 4), 2, 2, 1);
    LossInputs given = LossInputs.of(yPred, yPred);
    Mask second = new Mask(new boolean[] {true, false, true, true}, 2, 2);
    assertEquals(
        8,
        evaluator
            .evaluate(given.withMask(second), Reduction.SUM, Gradients.NONE)
            .value());
    assertTrue(Double.isNaN(yPred.get(1)));
    Mask example = new Mask(new boolean[] {false, true}, 2, 1);
    assertEquals(
        7,
        evaluator
            .evaluate(given.withMask(example), Reduction.SUM, Gradients.NONE)
            .value());
    assertThrows(
        InvalidInputsException.class,
        () -> evaluator.evaluate(given, Reduction.SUM, Gradients.NONE));
  }

  @Test
  void whatItsCodeThrowsIsKeptAsTextOnly() {
    ArrayLoss broken = new Spread() {
      @Override
      public Losses loss(Map<String, Tensor> given) {
        throw new IllegalStateException("out of luck");
      }
    };
    LossFunctionException e = assertThrows(
        LossFunctionException.class,
        () -> Evaluator.of(broken).evaluate(inputs, Reduction.MEAN, Gradients.NONE));
    assertEquals("out of luck (IllegalStateException)", e.getMessage());
    assertEquals(null, e.getCause());
  }

  @Test
  void anErrorOfItsOwnWhoseMessageCannotBeReadIsTextToo() {
    class Unreadable extends Error {
      private static final long serialVersionUID = 1L;

      @Override
      public String getMessage() {
        throw new IllegalStateException();
      }
    }
    ArrayLoss broken = new Spread() {
      @Override
      public Losses loss(Map<String, Tensor> given) {
        throw new Unreadable();
      }
    };
    assertMessage("Unreadable, whose message cannot be read", broken);
  }

  @Test
  void aMissingOrMisshapenGradientIsTheLosssFault() {
    ArrayLoss forgetful = new Spread() {
      @Override
      public Map<String, Tensor> gradient(Map<String, Tensor> given, Tensor upstream) {
        return Map.of();
      }
    };
    ArrayLoss misshapen = new Spread() {
      @Override
      public Map<String, Tensor> gradient(Map<String, Tensor> given, Tensor upstream) {
        return Map.of("y_pred", Tensor.of(row(1), 1));
      }
    };
    assertMessage("no gradient for its differentiable input 'y_pred'", forgetful);
    assertMessage("has shape [1], the input has shape [3]", misshapen);
  }

  @Test
  void aNullOrAWrongNumberOfLossesIsTheLosssFault() {
    ArrayLoss silent = new Spread() {
      @Override
      public Losses loss(Map<String, Tensor> given) {
        return null;
      }
    };
    ArrayLoss generous = new Spread() {
      @Override
      public Losses loss(Map<String, Tensor> given) {
        return Losses.of(Tensor.of(new double[7], 7));
      }
    };
    assertMessage("answered null instead of losses", silent);
    assertMessage("the first axis must be the batch, 3", generous);
  }

  @Test
  void shapesThatDifferAreTheCallersFault() {
    LossInputs uneven = LossInputs.of(Tensor.of(new double[4], 4), Tensor.of(new double[12], 4, 3));
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> Evaluator.of(new Spread()).evaluate(uneven, Reduction.MEAN, Gradients.NONE));
    assertTrue(e.getMessage().contains("[4] but y_pred has shape [4, 3]"), e.getMessage());
  }

  @Test
  void nothingLeftIsZeroWhateverTheAuthorsGradient() {
    ArrayLoss poisonous = new Spread() {
      @Override
      public Map<String, Tensor> gradient(Map<String, Tensor> given, Tensor upstream) {
        return Map.of("y_pred", Tensor.of(row(Double.NaN, Double.NaN, Double.NaN), 3));
      }
    };
    LossResult result = Evaluator.of(poisonous)
        .evaluate(inputs.withMask(new boolean[3]), Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(0, result.value());
    assertArrayEquals(row(0, 0, 0), result.gradient("y_pred").doubles());
  }

  @Test
  void whatItFindsWrongWithTheInputsIsTheCallersFaultAndHasAPlace() {
    assertRefused("/y_pred: is not square", new InvalidInputException("y_pred", "is not square"));
    assertRefused("/y_true/2: is no class", new InvalidInputException("y_true", 2, "is no class"));
    assertRefused("/parameters/axis: is none", new InvalidInputException("axis", "is none"));
    // A position that is none is better told as its field than as a failure.
    assertRefused("/y_true: is no class", new InvalidInputException("y_true", 3, "is no class"));
  }

  @Test
  void whatItFindsWrongOnlyWithTheGradientIsTheCallersFaultToo() {
    ArrayLoss late = new Spread() {
      @Override
      public Map<String, Tensor> gradient(Map<String, Tensor> given, Tensor upstream) {
        throw new InvalidInputException("y_pred", 1, "is a cusp");
      }
    };
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> Evaluator.of(late).evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE));
    assertEquals("/y_pred/1: is a cusp", e.getMessage());
    assertEquals(null, e.getCause());
  }

  @Test
  void itsInputsMayNotBeWrongBeforeThereAreAny() {
    ArrayLoss early = new Spread() {
      @Override
      public List<Input> inputs() {
        throw new InvalidInputException("y_pred", "too early");
      }
    };
    assertThrows(LossFunctionException.class, () -> Evaluator.of(early));
  }

  private void assertRefused(String message, InvalidInputException refusal) {
    ArrayLoss choosy = new Spread() {
      @Override
      public Losses loss(Map<String, Tensor> given) {
        throw refusal;
      }
    };
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> Evaluator.of(choosy).evaluate(inputs, Reduction.MEAN, Gradients.NONE));
    assertEquals(message, e.getMessage());
  }

  private void assertMessage(String message, ArrayLoss loss) {
    LossFunctionException e = assertThrows(
        LossFunctionException.class,
        () -> Evaluator.of(loss).evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
