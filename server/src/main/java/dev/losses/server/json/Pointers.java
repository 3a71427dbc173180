package dev.losses.server.json;

/** JSON Pointers (RFC 6901). */
final class Pointers {
  private Pointers() {}

  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** The pointer to a value of an array by its flat, row-major position. */
  static String toElement(String pointer, int flat, int[] shape) {
    String position = "";
    int rest = flat;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      position = "/" + rest % shape[axis] + position;
      rest /= shape[axis];
    }
    return pointer + position;
  }
}
