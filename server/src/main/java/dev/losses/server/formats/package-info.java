/** The formats that requests for the native operations come in, beside JSON, and that answers go out in. */
@NullMarked
package dev.losses.server.formats;

import org.jspecify.annotations.NullMarked;
