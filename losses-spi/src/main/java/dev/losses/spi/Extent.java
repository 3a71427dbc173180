package dev.losses.spi;

/** How an input lies on the axes that the inputs of a loss share. */
public enum Extent {
  /** A value for every element: {@code [batch, ..., features]}. */
  ELEMENT,
  /** A value for every row of the last axis: {@code [batch, ...]}; a trailing axis of size 1 is allowed. */
  ROW,
  /** Any shape with the batch first; for {@link ArrayLoss} only. */
  FREE
}
