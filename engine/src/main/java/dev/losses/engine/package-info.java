/** Turns a formula into values and gradients, and applies weights, masks and reductions. */
@NullMarked
package dev.losses.engine;

import org.jspecify.annotations.NullMarked;
