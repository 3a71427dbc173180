/** How a loss becomes numbers: differentiation, evaluation in blocks, weights, masks and reductions. */
@NullMarked
package dev.losses.engine;

import org.jspecify.annotations.NullMarked;
