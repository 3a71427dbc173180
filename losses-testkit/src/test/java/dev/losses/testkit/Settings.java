package dev.losses.testkit;

import dev.losses.api.LossDefinition;
import dev.losses.api.LossException;
import dev.losses.api.LossSource;
import dev.losses.api.Parameter;
import dev.losses.spi.LossFunction;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Other settings of a loss's parameters, drawn from its schema: one parameter changed at a time. */
final class Settings {
  private static final int NUMBERS_A_PARAMETER = 2;

  private final LossFunction defaults;
  private final RecordComponent[] components;
  private final List<Parameter> parameters;

  private Settings(LossFunction defaults) {
    this.defaults = defaults;
    this.components = defaults.getClass().getRecordComponents();
    this.parameters = definition(defaults).parameters().parameters();
  }

  /** Those that the loss allows. */
  static List<LossFunction> of(LossFunction defaults) {
    Settings settings = new Settings(defaults);
    List<LossFunction> all = new ArrayList<>();
    for (int i = 0; i < settings.components.length; i++) {
      for (Object value : settings.others(i)) {
        settings.with(i, value).ifPresent(all::add);
      }
    }
    return all;
  }

  private List<?> others(int index) {
    Parameter parameter = parameters.get(index);
    return switch (parameter.type()) {
      case BOOLEAN -> List.of(!Boolean.TRUE.equals(parameter.defaultValue()));
      case NUMBER -> numbers(parameter).limit(NUMBERS_A_PARAMETER).toList();
      case INTEGER ->
        numbers(parameter)
            .filter(value -> value == Math.rint(value))
            .map(Double::intValue)
            .limit(NUMBERS_A_PARAMETER)
            .toList();
      case NUMBER_LIST ->
        numbers(parameter)
            .limit(1)
            .map(value -> List.of(value, value / 2, value))
            .toList();
      case INTEGER_LIST -> Stream.of(0, 1, -1).map(axis -> List.of(axis)).toList();
      case ENUM -> Arrays.asList(components[index].getType().getEnumConstants());
      case STRING -> List.of();
    };
  }

  private static Stream<Double> numbers(Parameter parameter) {
    double ordinary =
        parameter.defaultValue() instanceof Number number ? number.doubleValue() : 0.5;
    return Stream.of(2 * ordinary + 0.25, 2.0, 1.0, 0.3, 0.0, -1.0)
        .filter(value -> parameter.range().contains(value))
        .filter(value -> value != ordinary);
  }

  private Optional<LossFunction> with(int index, Object value) {
    try {
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = i == index ? value : components[i].getAccessor().invoke(defaults);
      }
      Constructor<?> constructor = defaults
          .getClass()
          .getConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      LossFunction function = (LossFunction) constructor.newInstance(values);
      // Which axes there are is no matter of the schema.
      boolean axes = parameters.get(index).type() == Parameter.Type.INTEGER_LIST;
      return axes && !new Subject(function).canBeEvaluated()
          ? Optional.empty()
          : Optional.of(function);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        return Optional.empty();
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LossDefinition definition(LossFunction function) throws LossException {
    return LossDefinition.of(function, new LossSource("test", "0", "sha256:0"));
  }
}
