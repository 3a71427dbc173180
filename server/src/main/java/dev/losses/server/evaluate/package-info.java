/** Evaluates losses for callers over HTTP. */
@NullMarked
package dev.losses.server.evaluate;

import org.jspecify.annotations.NullMarked;
