/** Requests and answers as JSON, streamed between the wire and primitive arrays. */
@NullMarked
package dev.losses.server.json;

import org.jspecify.annotations.NullMarked;
