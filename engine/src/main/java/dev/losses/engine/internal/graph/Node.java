package dev.losses.engine.internal.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One value of a {@link Graph}. A node is made after its operands, so {@link #id} orders nodes by dependency. */
public final class Node {
  private final int id;
  private final Operation operation;
  private final @Nullable Object attribute;
  private final List<Node> operands;
  private final Span span;
  private final boolean dependsOnInput;

  Node(int id, Operation operation, @Nullable Object attribute, List<Node> operands, Span span) {
    this.id = id;
    this.operation = operation;
    this.attribute = attribute;
    this.operands = operands;
    this.span = span;
    this.dependsOnInput =
        operation == Leaf.INPUT || operands.stream().anyMatch(Node::dependsOnInput);
  }

  /** The order of creation. */
  public int id() {
    return id;
  }

  public Operation operation() {
    return operation;
  }

  public List<Node> operands() {
    return operands;
  }

  public Node operand(int index) {
    return operands.get(index);
  }

  public Span span() {
    return span;
  }

  /** Whether its value is a truth. */
  public boolean isTruth() {
    return operation instanceof Primitive primitive && primitive.isTruth();
  }

  /** Whether its value changes with the inputs; else it is a constant of the formula. */
  boolean dependsOnInput() {
    return dependsOnInput;
  }

  /** The number of a {@link Leaf#CONSTANT}. */
  public double constant() {
    return (Double) attribute();
  }

  /** Which {@link Leaf#INPUT}, {@link Leaf#ARGUMENT} or {@link Leaf#CLASS_VALUES} it is. */
  public int index() {
    return (Integer) attribute();
  }

  boolean is(Operation other) {
    return operation == other;
  }

  Object attribute() {
    if (attribute == null) {
      throw new IllegalStateException(operation + " has no attribute");
    }
    return attribute;
  }

  @Nullable
  Object attributeOrNull() {
    return attribute;
  }

  @Override
  public String toString() {
    return "n" + id + "=" + operation + (attribute == null ? "" : "[" + attribute + "]")
        + operands.stream().map(n -> "n" + n.id).toList();
  }
}
