package dev.losses.numerics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The inputs of an array loss.
 *
 * @param yTrue what is not differentiated
 * @param yPred what is
 * @param columns the size of its last axis
 */
record Example(List<Real> yTrue, List<Dual> yPred, int columns) {

  int rows() {
    return yPred.size() / columns;
  }

  List<Dual> row(int row) {
    return yPred.subList(row * columns, (row + 1) * columns);
  }

  /** The rows of the class of this one, itself left out. */
  List<Integer> positives(int row) {
    return others(row, true);
  }

  /** The rows of other classes. */
  List<Integer> negatives(int row) {
    return others(row, false);
  }

  private List<Integer> others(int row, boolean sameClass) {
    return IntStream.range(0, rows())
        .filter(other -> other != row)
        .filter(other -> yTrue.get(other).isSame(yTrue.get(row)) == sameClass)
        .boxed()
        .toList();
  }
}
