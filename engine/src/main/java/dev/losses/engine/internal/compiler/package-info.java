/** Kernels as fused SIMD loops: a graph is planned as loops, each emitted as one method of a hidden class. */
@NullMarked
package dev.losses.engine.internal.compiler;

import org.jspecify.annotations.NullMarked;
