package com.example.training;

import java.util.Locale;
import java.util.stream.IntStream;

/** How a network does on some pairs: the mean loss and the distance of each. */
final class Evaluation {
  private static final float SIMILAR_BELOW = 0.5f;

  private final Pairs pairs;
  private final double loss;
  private final float[] distances;

  Evaluation(Pairs pairs, double loss, float[] distances) {
    this.pairs = pairs;
    this.loss = loss;
    this.distances = distances;
  }

  Pairs pairs() {
    return pairs;
  }

  double loss() {
    return loss;
  }

  float distance(int pair) {
    return distances[pair];
  }

  /** Whether the distance says what is the case. */
  boolean right(int pair) {
    return distances[pair] < SIMILAR_BELOW == pairs.get(pair).similar();
  }

  /** The share of pairs that are right. */
  double accuracy() {
    return (double) IntStream.range(0, distances.length).filter(this::right).count()
        / distances.length;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "loss %.4f  accuracy %.4f  on %,d pairs", loss, accuracy(), pairs.size());
  }
}
