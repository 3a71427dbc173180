package dev.losses.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The shape of {@code y_pred}. */
record Shape(List<Integer> axes) {

  static Shape of(Integer... axes) {
    return new Shape(List.of(axes));
  }

  static Shape parse(String text) {
    return new Shape(Arrays.stream(text.split("x", -1)).map(Integer::valueOf).toList());
  }

  int rows() {
    return axes.get(0);
  }

  /** The size of the last axis; 1 for a batch of scalars. */
  int columns() {
    return axes.size() == 1 ? 1 : axes.get(axes.size() - 1);
  }

  int size() {
    return axes.stream().reduce(1, (a, b) -> a * b);
  }

  int[] toArray() {
    return axes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return axes.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
