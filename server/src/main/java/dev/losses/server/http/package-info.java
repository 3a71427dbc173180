/** How bodies come in over HTTP. */
@NullMarked
package dev.losses.server.http;

import org.jspecify.annotations.NullMarked;
