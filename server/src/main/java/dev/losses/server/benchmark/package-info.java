/** What the server is measured against: peers within the same jar, off unless asked for. */
@NullMarked
package dev.losses.server.benchmark;

import org.jspecify.annotations.NullMarked;
