/** Rows that come one after the other, in whatever format, and the batches that they are gathered in. */
@NullMarked
package dev.losses.server.rows;

import org.jspecify.annotations.NullMarked;
