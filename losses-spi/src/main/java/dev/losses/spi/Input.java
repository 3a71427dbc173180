package dev.losses.spi;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An input of a loss: its name on the wire and in the API, and what it may hold.
 *
 * @param name snake_case
 * @param domain what values are allowed
 * @param extent whether it has a value per element or per row
 * @param differentiable whether a gradient with respect to it is computed
 * @param excepted values allowed although they are outside the domain, such as an {@code ignore_index}
 * @param exampleAxes for a {@link Extent#FREE} input the axes behind the batch that an example has; empty for one axis
 *     of any size
 */
public record Input(
    String name,
    Domain domain,
    Extent extent,
    boolean differentiable,
    List<Double> excepted,
    List<Integer> exampleAxes) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /** An example axis as large as the batch. */
  public static final int BATCH = -1;

  /** {@code y_true} and {@code y_pred}, both real. */
  public static final List<Input> PAIR = pair(Domain.REAL, Domain.REAL);

  /** @throws IllegalArgumentException when the name is not snake_case, or an example axis no size */
  public Input {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("The input name '" + name + "' is not snake_case: use "
          + "lower-case letters, digits and _, starting with a letter");
    }
    if (exampleAxes.stream().anyMatch(axis -> axis < 1 && axis != BATCH)) {
      throw new IllegalArgumentException(
          "The example axes of " + name + " must be at least 1, or BATCH, got " + exampleAxes);
    }
    excepted = List.copyOf(excepted);
    exampleAxes = List.copyOf(exampleAxes);
  }

  /**
   * An input with a value per element. It is differentiable unless it is called {@code y_true} or holds labels.
   */
  public static Input of(String name, Domain domain) {
    return new Input(
        name,
        domain,
        Extent.ELEMENT,
        !name.equals("y_true") && !domain.isLabel(),
        List.of(),
        List.of());
  }

  /** {@code y_true} and {@code y_pred} of these domains, a value per element each. */
  public static List<Input> pair(Domain yTrue, Domain yPred) {
    return List.of(of("y_true", yTrue), of("y_pred", yPred));
  }

  /** The same input with one value for each row of the last axis. */
  public Input perRow() {
    return new Input(name, domain, Extent.ROW, differentiable, excepted, exampleAxes);
  }

  /**
   * The same input with a shape of its own behind the batch axis.
   *
   * @param exampleAxes the sizes of these axes in an example, {@link #BATCH} for as large as the batch; none for one
   *     axis of any size
   */
  public Input free(int... exampleAxes) {
    List<Integer> axes = Arrays.stream(exampleAxes).boxed().toList();
    return new Input(name, domain, Extent.FREE, differentiable, excepted, axes);
  }

  /** The same input, without a gradient. */
  public Input notDifferentiable() {
    return new Input(name, domain, extent, false, excepted, exampleAxes);
  }

  /** The same input with these values allowed beside its domain. */
  public Input except(double... values) {
    return new Input(
        name, domain, extent, differentiable, Arrays.stream(values).boxed().toList(), exampleAxes);
  }
}
