/** From a file to losses that can be served: what a jar goes through before any caller meets it. */
@NullMarked
package dev.losses.server.plugins.gate;

import org.jspecify.annotations.NullMarked;
