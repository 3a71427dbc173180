package dev.losses.server.codec;

import dev.losses.spi.Tensor;

/**
 * An array that was read.
 *
 * @param tensor its numbers, in the {@linkplain ElementType#dtype() dtype} of its elements' type
 * @param elementType what they came as
 */
public record DecodedArray(Tensor tensor, ElementType elementType) {}
