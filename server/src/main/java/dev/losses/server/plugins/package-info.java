/** The plugin folder: jars that come, change and go while the server runs, checked before they serve. */
@NullMarked
package dev.losses.server.plugins;

import org.jspecify.annotations.NullMarked;
