/** Which losses the server offers at a moment. */
@NullMarked
package dev.losses.server.catalog;

import org.jspecify.annotations.NullMarked;
