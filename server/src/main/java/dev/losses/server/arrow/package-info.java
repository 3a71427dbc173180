/**
 * Rows in Arrow's streaming format. Its metadata are read with Arrow's own classes for them; its framing and its buffers by
 * ourselves, straight into arrays: Arrow's vectors live outside of the heap, take a buffer's length at its word, and need
 * parts of the JDK opened.
 */
@NullMarked
package dev.losses.server.arrow;

import org.jspecify.annotations.NullMarked;
