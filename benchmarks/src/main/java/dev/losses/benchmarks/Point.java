package dev.losses.benchmarks;

/** One thing to measure, of every contender that can do it. */
record Point(Work work, Shape shape, boolean gradient, int threads) {

  /** Of {@link #toString}. */
  static Point parse(String text) {
    String[] parts = text.split("/", -1);
    return new Point(
        Work.named(parts[0]),
        Shape.parse(parts[2]),
        parts[1].equals("gradient"),
        Integer.parseInt(parts[3]));
  }

  Sample sample() {
    return work.data().sample(shape);
  }

  /** What the memory sees of it: points with the same traffic have the same limit. */
  String traffic() {
    return work.data().labels(shape) + "+" + shape.size() + (gradient ? "+gradient" : "") + "/"
        + threads;
  }

  /** For instance {@code huber/value/1000/1}; a filter is matched against it. */
  @Override
  public String toString() {
    return work.loss() + "/" + (gradient ? "gradient" : "value") + "/" + shape + "/" + threads;
  }
}
