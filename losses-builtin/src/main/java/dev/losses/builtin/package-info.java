/** The losses that come with Losses, written and registered as any third party would. */
@NullMarked
package dev.losses.builtin;

import org.jspecify.annotations.NullMarked;
