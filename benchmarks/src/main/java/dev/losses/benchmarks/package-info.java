/** Ours, its peers and the machine's limit on the same data, timed by JMH. */
@NullMarked
package dev.losses.benchmarks;

import org.jspecify.annotations.NullMarked;
