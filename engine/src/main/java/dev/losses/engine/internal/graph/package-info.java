/** A loss as a graph of operations: read from its formula, differentiated, expanded to exactly specified arithmetic. */
@NullMarked
package dev.losses.engine.internal.graph;

import org.jspecify.annotations.NullMarked;
