package dev.losses.engine;

/** Flat positions of a row-major array, as JSON Pointers. */
final class Positions {
  private Positions() {}

  /** {@code /y_pred/3/1} for an element of y_pred. */
  static String pointer(String field, int[] shape, int position) {
    StringBuilder pointer = new StringBuilder();
    int rest = position;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      pointer.insert(0, "/" + rest % shape[axis]);
      rest /= shape[axis];
    }
    return "/" + field + pointer;
  }
}
