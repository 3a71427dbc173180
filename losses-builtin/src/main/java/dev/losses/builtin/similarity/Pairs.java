package dev.losses.builtin.similarity;

/** How near the rows of a batch are to one another: a square matrix, and the way of a gradient back through it. */
interface Pairs {

  /** The number of rows. */
  int count();

  /** How near a row, the anchor, is to every row. */
  void nearness(int anchor, double[] into);

  /** Adds to the gradient what the anchor's nearness to every row brings; a slope of 0 brings exactly 0. */
  void backpropagate(int anchor, double[] slopes, double[] gradient);

  /** Called once all anchors are through. */
  default void finish(double[] gradient) {}
}
