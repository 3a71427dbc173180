/** What the tests of a loss use: the contract every loss keeps, and a check of its gradient. */
@NullMarked
package dev.losses.testkit;

import org.jspecify.annotations.NullMarked;
