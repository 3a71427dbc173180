package dev.losses.testkit;

import dev.losses.engine.LossResult;
import dev.losses.spi.Tensor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/** An evaluation leaves no trace: not in the record, nor in what other inputs get later. */
final class StateCheck {
  private StateCheck() {}

  static void check(Subject subject) {
    listsAreUnmodifiable(subject);
    Map<String, ?> before = new Subject(subject.function()).loss().parameters();
    Map<String, Tensor> inputs = subject.draw(1);
    LossResult first = subject.unreduced(inputs);
    subject.unreduced(subject.draw(2));
    LossResult again = subject.unreduced(inputs);
    Map<String, ?> after = new Subject(subject.function()).loss().parameters();
    if (!before.equals(after)) {
      throw subject
          .failure("its parameters changed while it was evaluated")
          .expected(before)
          .got(after)
          .advice("A loss only reads its components; compute in local variables.");
    }
    compare(subject, "losses", inputs, first.losses(), again.losses());
    first
        .gradients()
        .forEach((name, gradient) ->
            compare(subject, "gradient of " + name, inputs, gradient, again.gradient(name)));
  }

  private static void compare(
      Subject subject, String what, Map<String, Tensor> inputs, Tensor first, Tensor again) {
    if (!Tensors.sameBits(first, again)) {
      throw subject
          .failure("its " + what + " changed after other inputs had been evaluated")
          .on(inputs)
          .expected(first)
          .got(again)
          .advice(
              "Remove whatever remembers an evaluation: static fields, caches, running means, random numbers.");
    }
  }

  private static void listsAreUnmodifiable(Subject subject) {
    for (RecordComponent component : subject.function().getClass().getRecordComponents()) {
      if (value(subject, component) instanceof List<?> list && isModifiable(list)) {
        throw subject
            .failure("its list " + component.getName() + " can be modified")
            .expected("an unmodifiable list")
            .got(list.getClass().getName())
            .advice("Copy it in the compact constructor: " + component.getName() + " = List.copyOf("
                + component.getName() + ");");
      }
    }
  }

  private static Object value(Subject subject, RecordComponent component) {
    try {
      return component.getAccessor().invoke(subject.function());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isModifiable(List<?> list) {
    try {
      // Asks to remove nothing, which only an unmodifiable list refuses.
      list.subList(0, 0).clear();
      list.removeIf(item -> false);
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }
}
