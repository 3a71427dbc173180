/** How a graph is computed block by block: the seam {@code Kernel} and the interpreter behind it. */
@NullMarked
package dev.losses.engine.internal.kernel;

import org.jspecify.annotations.NullMarked;
