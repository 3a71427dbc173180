package dev.losses.engine.internal.kernel;

/** Where an interpreter is, and its registers. Float32 values are floats held in doubles. */
final class Frame {
  final boolean float32;
  final Arguments arguments;
  final double[][] registers;

  Block block = new Block(0, false);

  /** The first of the block's rows that are computed at once, and how many these are. */
  int firstRow;

  int rows = 1;

  /** The first element, in the arrays of the caller. */
  int firstElement;

  int elements;
  int firstColumn;

  Frame(boolean float32, Arguments arguments, double[][] registers) {
    this.float32 = float32;
    this.arguments = arguments;
    this.registers = registers;
  }

  void moveTo(int newFirstRow, int newRows) {
    firstRow = newFirstRow;
    rows = newRows;
  }

  double rounded(double value) {
    return float32 ? (float) value : value;
  }
}
