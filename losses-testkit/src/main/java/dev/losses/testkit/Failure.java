package dev.losses.testkit;

import dev.losses.spi.Tensor;
import java.util.Map;
import org.opentest4j.AssertionFailedError;

/** What a loss's author is told: what happened on which inputs, what was expected, and what to do. */
final class Failure {
  private final StringBuilder text;

  Failure(String what) {
    this.text = new StringBuilder(what).append('.');
  }

  Failure on(Map<String, Tensor> inputs) {
    inputs.forEach((name, tensor) -> line(name, Tensors.text(tensor)));
    return this;
  }

  Failure on(String name, Tensor tensor) {
    line(name, Tensors.text(tensor));
    return this;
  }

  Failure expected(Object expected) {
    line("expected", text(expected));
    return this;
  }

  Failure got(Object got) {
    line("got", text(got));
    return this;
  }

  /** The error to throw, which ends with the likely mistake and its remedy. */
  AssertionFailedError advice(String advice) {
    line("what to do", advice);
    return new AssertionFailedError(text.toString());
  }

  private static String text(Object value) {
    return value instanceof Tensor tensor ? Tensors.text(tensor) : String.valueOf(value);
  }

  private void line(String label, String value) {
    text.append("\n  ").append(label).append(": ").append(value);
  }
}
