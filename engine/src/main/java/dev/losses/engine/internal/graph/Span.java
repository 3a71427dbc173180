package dev.losses.engine.internal.graph;

/** Over what a node's value varies. */
public enum Span {
  /** The same everywhere. */
  UNIFORM,
  /** Varies along the last axis, the same in every row. */
  CLASS,
  /** One value for each row. */
  ROW,
  /** One value for each element. */
  ELEMENT;

  /** The span of a value computed from values of both spans. */
  Span join(Span other) {
    if (this == other || other == UNIFORM) {
      return this;
    }
    return this == UNIFORM ? other : ELEMENT;
  }
}
