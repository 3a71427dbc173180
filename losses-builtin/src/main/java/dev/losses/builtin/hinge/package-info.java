/** Losses of scores that must be right by a margin. */
@NullMarked
package dev.losses.builtin.hinge;

import org.jspecify.annotations.NullMarked;
