/** The losses as models of the Open Inference Protocol, version 2, for the clients that speak it. */
@NullMarked
package dev.losses.server.inference;

import org.jspecify.annotations.NullMarked;
