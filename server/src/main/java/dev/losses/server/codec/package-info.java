/** Arrays in the formats that other programs write, read strictly and as they come, for nobody can vouch for their bytes. */
@NullMarked
package dev.losses.server.codec;

import org.jspecify.annotations.NullMarked;
