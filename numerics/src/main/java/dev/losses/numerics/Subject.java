package dev.losses.numerics;

import dev.losses.api.LossNames;
import dev.losses.spi.DType;
import dev.losses.spi.LossFunction;
import dev.losses.spi.LossName;
import dev.losses.spi.MultiFormLoss;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A loss to measure.
 *
 * @param name its canonical name
 * @param parameters those that are not at their default, and the form where a loss has several
 * @param float32 the loss with these parameters on inputs of that dtype
 * @param float64 the same in the other
 */
public record Subject(
    String name, Map<String, Object> parameters, LossFunction float32, LossFunction float64) {

  /** Settings in which a loss is another formula than at its defaults, switches aside. */
  private static final Map<String, List<Map<String, Object>>> OTHER_SETTINGS = Map.of(
      "tweedie_deviance",
      List.of(Map.of("power", 1.0), Map.of("power", 1.5), Map.of("power", 3.0)),
      "multi_margin",
      List.of(Map.of("p", 2)));

  private static final int[] SCALARS = {4};
  private static final int[] ROWS = {4, 3};

  /** Every loss on the class path: with its default parameters, each switch turned, and in each of its forms. */
  static List<Subject> all() {
    List<Subject> subjects = new ArrayList<>();
    for (LossFunction function : ServiceLoader.load(LossFunction.class)) {
      LossName name = function.getClass().getAnnotation(LossName.class);
      if (function instanceof MultiFormLoss several && name != null) {
        forms(name.value(), several, subjects);
      } else if (name != null) {
        subjects.add(new Subject(name.value(), Map.of(), function, function));
        settings(function, name.value())
            .forEach(settings -> with(function, settings)
                .map(other -> new Subject(name.value(), settings, other, other))
                .ifPresent(subjects::add));
      }
    }
    subjects.sort(Comparator.comparing(Subject::title));
    return subjects;
  }

  LossFunction loss(DType dtype) {
    return dtype == DType.FLOAT32 ? float32 : float64;
  }

  /** The loss with its parameters. */
  public String title() {
    return name
        + parameters.entrySet().stream()
            .map(parameter -> " " + parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining());
  }

  private static void forms(String name, MultiFormLoss loss, List<Subject> subjects) {
    Set<LossFunction> seen = new HashSet<>();
    Map<String, Map<String, int[]>> shapes = new LinkedHashMap<>();
    shapes.put("scalars", Map.of("y_true", SCALARS, "y_pred", SCALARS));
    shapes.put("indices", Map.of("y_true", SCALARS, "y_pred", ROWS));
    shapes.put("rows", Map.of("y_true", ROWS, "y_pred", ROWS));
    shapes.forEach((form, each) -> {
      LossFunction float64 = loss.form(DType.FLOAT64, each);
      if (seen.add(float64)) {
        boolean usual = float64.equals(loss.usualForm());
        Map<String, Object> parameters = usual ? Map.of() : Map.of("y_true", form);
        subjects.add(new Subject(name, parameters, loss.form(DType.FLOAT32, each), float64));
      }
    });
  }

  private static List<Map<String, Object>> settings(LossFunction loss, String name) {
    List<Map<String, Object>> settings = new ArrayList<>();
    for (RecordComponent component : loss.getClass().getRecordComponents()) {
      if (component.getType() == boolean.class) {
        boolean turned = !(boolean) value(component, loss);
        settings.add(Map.of(LossNames.normalize(component.getName()), turned));
      }
    }
    settings.addAll(OTHER_SETTINGS.getOrDefault(name, List.of()));
    return settings;
  }

  /** The loss with other parameters; nothing where it refuses them beside its defaults. */
  private static Optional<LossFunction> with(LossFunction loss, Map<String, Object> settings) {
    RecordComponent[] components = loss.getClass().getRecordComponents();
    @Nullable
    Object[] values = Arrays.stream(components)
        .map(component ->
            settings.getOrDefault(LossNames.normalize(component.getName()), value(component, loss)))
        .toArray();
    try {
      Constructor<?> canonical = loss.getClass()
          .getConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return Optional.of((LossFunction) canonical.newInstance(values));
    } catch (InvocationTargetException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(loss.getClass() + " is not a public record", e);
    }
  }

  private static Object value(RecordComponent component, LossFunction loss) {
    try {
      return component.getAccessor().invoke(loss);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(loss.getClass() + " is not a public record", e);
    }
  }
}
