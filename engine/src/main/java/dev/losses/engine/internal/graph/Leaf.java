package dev.losses.engine.internal.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node without operands. */
public enum Leaf implements Operation {
  /** An input; the attribute is its index. */
  INPUT,
  /** The adjoint of the loss at its position, or of every position; the attribute is its {@link Span}. */
  SEED,
  /** The weight of a position, 0 where it is masked out. */
  WEIGHT,
  /** 1 for a position that takes part, 0 where it is masked out. */
  PRESENCE,
  /** A number that belongs to the structure; the attribute is its value. */
  CONSTANT,
  /** A number that the formula's author wrote: an argument of the kernel; the attribute is its index. */
  ARGUMENT,
  /** The author's constants along the last axis; the attribute is their index. */
  CLASS_VALUES,
  /** The position along the last axis. */
  CLASS_INDEX,
  /** The size of the last axis. */
  AXIS_SIZE;

  @Override
  public List<@Nullable Node> differentiate(Graph graph, Node node, Node adjoint) {
    return List.of();
  }
}
