package dev.losses.builtin.similarity;

/** How far apart two embeddings are. */
public enum DistanceMetric {
  /** The Euclidean distance. */
  EUCLIDEAN("L2"),
  /** The square of the Euclidean distance. */
  SQUARED_EUCLIDEAN("squared-L2");

  private final String wireName;

  DistanceMetric(String wireName) {
    this.wireName = wireName;
  }

  Distances between(LabelledRows rows) {
    return new Distances(rows.values(), rows.width(), this == SQUARED_EUCLIDEAN);
  }

  /** The name in requests. */
  @Override
  public String toString() {
    return wireName;
  }
}
