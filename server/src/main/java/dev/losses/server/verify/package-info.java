/** The checks that a plugin passes before it serves, from the command line and without a server. */
@NullMarked
package dev.losses.server.verify;

import org.jspecify.annotations.NullMarked;
