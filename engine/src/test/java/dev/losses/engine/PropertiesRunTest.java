package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Shows that the build runs jqwik properties, which Surefire skips without a word when it does not know them. */
class PropertiesRunTest {

  @Property
  void absoluteErrorIsSymmetric(@ForAll double yTrue, @ForAll double yPred) {
    assertEquals(Math.abs(yTrue - yPred), Math.abs(yPred - yTrue));
  }
}
