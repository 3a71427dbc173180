/** What a request asks for and what it is answered, in whatever format they travel. */
@NullMarked
package dev.losses.server.exchange;

import org.jspecify.annotations.NullMarked;
