package dev.losses.builtin.similarity;

import dev.losses.builtin.internal.Doubles;
import dev.losses.builtin.internal.Pair;
import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.InvalidInputException;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A batch of rows and the class of each: what losses compare that look for rows of one class. */
final class LabelledRows {
  /** The class of each row, and the rows as embeddings. */
  static final List<Input> INPUTS = List.of(
      Input.of("y_true", Domain.CLASS_INDEX).perRow(), Input.of("y_pred", Domain.EMBEDDING));

  private final Tensor yPred;
  private final double[] labels;
  private final double[] values;

  private LabelledRows(Tensor yPred, double[] labels) {
    this.yPred = yPred;
    this.labels = labels;
    this.values = Doubles.of(yPred);
  }

  /** @throws InvalidInputException when there is not one row and one label for each example */
  static LabelledRows of(Map<String, Tensor> inputs) {
    Tensor yTrue = Pair.of(inputs).yTrue();
    Tensor yPred = Pair.of(inputs).yPred();
    if (yPred.rank() != 2) {
      throw new InvalidInputException(
          "y_pred",
          "y_pred has shape " + Arrays.toString(yPred.shape())
              + "; this loss compares the rows of a batch: it needs a shape [batch, features]");
    }
    if (yTrue.rank() > 2 || yTrue.size() != yPred.axis(0)) {
      throw new InvalidInputException(
          "y_true",
          "y_true has shape " + Arrays.toString(yTrue.shape())
              + "; it holds one label for each row, so its shape must be [" + yPred.axis(0) + "]");
    }
    return new LabelledRows(yPred, Doubles.of(yTrue));
  }

  Anchors anchors(Pairs pairs, Anchors.Rule rule) {
    return new Anchors(yPred, pairs, rule);
  }

  Tensor tensor() {
    return yPred;
  }

  double[] values() {
    return values;
  }

  int count() {
    return labels.length;
  }

  int width() {
    return yPred.axis(1);
  }

  boolean sameClass(int one, int other) {
    return labels[one] == labels[other];
  }

  /** Whether two different rows have one class. */
  boolean positive(int one, int other) {
    return one != other && sameClass(one, other);
  }

  /** Whether two rows have different classes. */
  boolean negative(int one, int other) {
    return !sameClass(one, other);
  }
}
