/** Losses of how alike two rows, or the two items of a pair, are. */
@NullMarked
package dev.losses.builtin.similarity;

import org.jspecify.annotations.NullMarked;
