/** Losses of predicted numbers: element by element, averaged over the last axis. */
@NullMarked
package dev.losses.builtin.regression;

import org.jspecify.annotations.NullMarked;
