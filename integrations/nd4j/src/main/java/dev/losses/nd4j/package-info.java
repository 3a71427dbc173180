/**
 * ND4J and DL4J: any loss of a catalogue trains a DL4J network as a {@link dev.losses.nd4j.Nd4jLoss}, and code on
 * {@code INDArray} becomes a loss as a {@link dev.losses.nd4j.TensorLoss}.
 */
@NullMarked
package dev.losses.nd4j;

import org.jspecify.annotations.NullMarked;
