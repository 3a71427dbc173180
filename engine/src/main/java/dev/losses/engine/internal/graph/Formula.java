package dev.losses.engine.internal.graph;

import dev.losses.spi.Extent;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.NamedInputsLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The formula of a bound loss: its structure, and the numbers that fill it. Immutable. */
public final class Formula {
  private final List<Input> inputs;
  private final Structure structure;
  private final double[] arguments;
  private final List<List<Double>> classValues;

  /** @throws IllegalArgumentException when the formula is ill-formed; the message is for its author */
  public Formula(NamedInputsLoss loss) {
    this.inputs = List.copyOf(loss.inputs());
    if (inputs.stream().noneMatch(input -> input.extent() == Extent.ELEMENT)) {
      throw new IllegalArgumentException(
          "a formula needs at least one input with a value per element");
    }
    if (inputs.stream().anyMatch(input -> input.extent() == Extent.FREE)) {
      throw new IllegalArgumentException("a formula cannot have an input of extent FREE");
    }
    ExpressionReader reader = new ExpressionReader(
        inputs,
        Objects.requireNonNull(
            loss.loss(Inputs.of(inputs)), "its loss(...) returned null instead of a formula"));
    this.structure = reader.structure();
    this.arguments = reader.arguments();
    this.classValues = reader.classValues();
  }

  /** Whether another formula is the same in structure and numbers. */
  public boolean isSameAs(Formula other) {
    return inputs.equals(other.inputs)
        && structure.equals(other.structure)
        && Arrays.equals(arguments, other.arguments)
        && classValues.equals(other.classValues);
  }

  /** The inputs, in the order in which kernels take them. */
  public List<Input> inputs() {
    return inputs;
  }

  /** What it shares with formulas that differ in their numbers alone. */
  public Structure structure() {
    return structure;
  }

  /** The author's numbers, in the order of their {@link Leaf#ARGUMENT} index; not to be written to. */
  public double[] arguments() {
    return arguments;
  }

  /** The author's constants along the last axis, in the order of their {@link Leaf#CLASS_VALUES} index. */
  public List<List<Double>> classValues() {
    return classValues;
  }
}
