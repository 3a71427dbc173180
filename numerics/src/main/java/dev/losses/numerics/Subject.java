package dev.losses.numerics;

import dev.losses.api.LossNames;
import dev.losses.spi.LossFunction;
import dev.losses.spi.LossName;
import dev.losses.spi.MultiFormLoss;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A loss to measure.
 *
 * @param name its canonical name
 * @param parameters those that are not at their default
 * @param loss the loss with these parameters
 */
public record Subject(String name, Map<String, Boolean> parameters, LossFunction loss) {

  /** Every loss on the class path: with its default parameters, and with each switch turned. */
  static List<Subject> all() {
    List<Subject> subjects = new ArrayList<>();
    for (LossFunction function : ServiceLoader.load(LossFunction.class)) {
      LossName name = function.getClass().getAnnotation(LossName.class);
      if (function instanceof MultiFormLoss several && name != null) {
        subjects.add(new Subject(name.value(), Map.of(), several.usualForm()));
      } else if (name != null) {
        subjects.add(new Subject(name.value(), Map.of(), function));
        for (RecordComponent component : function.getClass().getRecordComponents()) {
          if (component.getType() == boolean.class) {
            turned(function, component, name.value(), subjects);
          }
        }
      }
    }
    subjects.sort(Comparator.comparing(Subject::title));
    return subjects;
  }

  /** The loss with its parameters. */
  public String title() {
    return name
        + parameters.entrySet().stream()
            .map(parameter -> " " + parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining());
  }

  private static void turned(
      LossFunction loss, RecordComponent turned, String name, List<Subject> subjects) {
    RecordComponent[] components = loss.getClass().getRecordComponents();
    try {
      @Nullable Object[] values = new @Nullable Object[components.length];
      boolean value = false;
      for (int i = 0; i < components.length; i++) {
        values[i] = components[i].getAccessor().invoke(loss);
        if (components[i].getName().equals(turned.getName())) {
          value = !(boolean) turned.getAccessor().invoke(loss);
          values[i] = value;
        }
      }
      Constructor<?> canonical = loss.getClass()
          .getConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      LossFunction other = (LossFunction) canonical.newInstance(values);
      subjects.add(new Subject(name, Map.of(LossNames.normalize(turned.getName()), value), other));
    } catch (InvocationTargetException e) {
      // The loss refuses this switch beside its other defaults.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(loss.getClass() + " is not a public record", e);
    }
  }
}
