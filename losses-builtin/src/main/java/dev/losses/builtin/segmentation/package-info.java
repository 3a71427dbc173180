/** Losses of predicted regions: how much a prediction and the truth overlap. */
@NullMarked
package dev.losses.builtin.segmentation;

import org.jspecify.annotations.NullMarked;
