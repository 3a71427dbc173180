/** What the author of a loss implements: a formula, or arrays where no formula will do. */
@NullMarked
package dev.losses.spi;

import org.jspecify.annotations.NullMarked;
