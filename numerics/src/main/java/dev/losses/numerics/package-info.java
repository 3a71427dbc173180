/**
 * How far the losses are from exact arithmetic: evaluates every formula, and of array losses a
 * definition, in many digits, compares, and keeps {@code docs/numerics.md}.
 */
@NullMarked
package dev.losses.numerics;

import org.jspecify.annotations.NullMarked;
