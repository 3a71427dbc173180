/** Training a network with our losses and with DL4J's own, side by side. */
@NullMarked
package dev.losses.benchmarks.training;

import org.jspecify.annotations.NullMarked;
