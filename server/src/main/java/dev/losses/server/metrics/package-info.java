/** What the server counts. */
@NullMarked
package dev.losses.server.metrics;

import org.jspecify.annotations.NullMarked;
