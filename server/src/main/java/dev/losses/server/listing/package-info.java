/** Tells callers which losses there are, and what each takes. */
@NullMarked
package dev.losses.server.listing;

import org.jspecify.annotations.NullMarked;
