/** Writes {@code docs/losses}, a page for each loss, from the code: its annotations, docstring, formula and answers. */
@NullMarked
package dev.losses.reference;

import org.jspecify.annotations.NullMarked;
