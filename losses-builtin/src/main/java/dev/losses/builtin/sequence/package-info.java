/** Losses of predicted sequences. */
@NullMarked
package dev.losses.builtin.sequence;

import org.jspecify.annotations.NullMarked;
