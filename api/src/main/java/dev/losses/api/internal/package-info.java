/** How the API does it; not for callers. */
@NullMarked
package dev.losses.api.internal;

import org.jspecify.annotations.NullMarked;
