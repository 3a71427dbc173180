package dev.losses.benchmarks;

import dev.losses.spi.Tensor;

/** Inputs of a loss in float32. */
record Sample(Tensor yTrue, Tensor yPred) {}
