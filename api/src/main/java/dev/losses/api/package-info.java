/** What a Java caller uses: find a loss by name, bind its parameters, evaluate it. */
@NullMarked
package dev.losses.api;

import org.jspecify.annotations.NullMarked;
