/** What the array losses of the catalogue share: arithmetic in double on tensors of either dtype. */
@NullMarked
package dev.losses.builtin.internal;

import org.jspecify.annotations.NullMarked;
