package dev.losses.builtin.similarity;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The rows of other classes by their distance, and how strongly the pairs of the anchor's class push them away. */
final class SortedNegatives {
  private final double[] distances;
  private final IntPredicate negatives;
  /** Ascending, each once; NaN last. */
  private final double[] sorted;

  private final double[] pulls;

  SortedNegatives(double[] distances, IntPredicate negatives) {
    this.distances = distances;
    this.negatives = negatives;
    this.sorted = IntStream.range(0, distances.length)
        .filter(negatives)
        .mapToDouble(other -> distances[other])
        .sorted()
        .distinct()
        .toArray();
    this.pulls = new double[sorted.length];
  }

  /** Which distance is the smallest above another, else the largest; -1 where there is none. */
  int semihard(double distance) {
    int last = sorted.length - 1;
    // What is not a number is not passed over in silence.
    if (last < 0 || Double.isNaN(sorted[last])) {
      return last;
    }
    int found = Arrays.binarySearch(sorted, distance);
    return Math.min(found >= 0 ? found + 1 : -found - 1, last);
  }

  /** That distance; 0 where there is none. */
  double distance(int index) {
    return index < 0 ? 0 : sorted[index];
  }

  /** Adds to how much a smaller distance would cost. */
  void pull(int index, double slope) {
    if (index >= 0) {
      pulls[index] += slope;
    }
  }

  /** Subtracts from the slopes what the rows at each distance have, in equal parts. */
  void share(double[] slopes) {
    int[] ties = new int[sorted.length];
    for (int other = 0; other < distances.length; other++) {
      if (negatives.test(other)) {
        ties[Arrays.binarySearch(sorted, distances[other])]++;
      }
    }
    for (int other = 0; other < distances.length; other++) {
      if (negatives.test(other)) {
        int index = Arrays.binarySearch(sorted, distances[other]);
        slopes[other] -= pulls[index] / ties[index];
      }
    }
  }
}
