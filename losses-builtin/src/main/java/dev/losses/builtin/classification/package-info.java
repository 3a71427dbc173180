/** Losses of predicted probabilities and classes, from probabilities or from logits. */
@NullMarked
package dev.losses.builtin.classification;

import org.jspecify.annotations.NullMarked;
