package dev.losses.server.exchange;

/** JSON Pointers (RFC 6901). */
public final class Pointers {
  private Pointers() {}

  /** A name as a part of a pointer. */
  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** The pointer to a value of an array by its flat, row-major position. */
  public static String toElement(String pointer, int flat, int[] shape) {
    String position = "";
    int rest = flat;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      position = "/" + rest % shape[axis] + position;
      rest /= shape[axis];
    }
    return pointer + position;
  }
}
