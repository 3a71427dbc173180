/** Losses over HTTP, with its documentation, its metrics and a folder for plugins. */
@NullMarked
package dev.losses.server;

import org.jspecify.annotations.NullMarked;
