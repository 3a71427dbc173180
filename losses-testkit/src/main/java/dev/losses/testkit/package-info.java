/**
 * What the tests of a loss's author use: extend {@link dev.losses.testkit.LossContractTest} and every promise of a loss is
 * tested.
 */
@NullMarked
package dev.losses.testkit;

import org.jspecify.annotations.NullMarked;
