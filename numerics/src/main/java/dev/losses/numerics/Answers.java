package dev.losses.numerics;

import dev.losses.spi.Tensor;
import java.util.Map;

/**
 * What somebody answers to a batch.
 *
 * @param losses one for each row
 * @param gradients by input, of the sum of the losses
 */
public record Answers(Tensor losses, Map<String, Tensor> gradients) {}
