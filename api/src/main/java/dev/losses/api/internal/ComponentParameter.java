package dev.losses.api.internal;

import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;
import dev.losses.api.LossNames;
import dev.losses.api.Parameter;
import dev.losses.api.Range;
import dev.losses.engine.LossFunctionException;
import dev.losses.engine.Violation;
import dev.losses.spi.Description;
import dev.losses.spi.LossFunction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One record component as a parameter: values on the wire become values of the component and back. */
final class ComponentParameter {
  private static final Set<Class<?>> BOXED = Set.of(Double.class, Integer.class, Boolean.class);

  private final RecordComponent component;
  private final Map<String, Object> constants;
  private final Parameter parameter;

  private ComponentParameter(
      RecordComponent component, Map<String, Object> constants, Parameter parameter) {
    this.component = component;
    this.constants = constants;
    this.parameter = parameter;
  }

  /** @throws LossException when the component cannot be a parameter, or its default breaks its own constraint */
  static ComponentParameter of(RecordComponent component, LossFunction prototype) {
    Class<?> record = prototype.getClass();
    Parameter.Type type = type(component);
    if (type == null) {
      throw Definitions.invalid(
          record,
          component.getName(),
          "a parameter is a double, int, boolean, String, enum, List<Double> or List<Integer>, or a Double, "
              + "Integer or Boolean that may be null; this is a "
              + component.getGenericType().getTypeName());
    }
    Range range = Constraints.of(component);
    boolean numeric =
        type == Parameter.Type.NUMBER || type == Parameter.Type.INTEGER || type.isList();
    if (!numeric && !range.equals(Range.ALL)) {
      throw Definitions.invalid(
          record, component.getName(), "only numbers can be limited to a range");
    }
    Object value = value(component, prototype);
    boolean nullable = value == null || BOXED.contains(component.getType());
    Map<String, Object> constants = constants(component.getType());
    Description description = component.getAnnotation(Description.class);
    Parameter parameter = new Parameter(
        LossNames.normalize(component.getName()),
        type,
        nullable,
        wire(value),
        range,
        List.copyOf(constants.keySet()),
        description == null ? "" : description.value());
    ComponentParameter result = new ComponentParameter(component, constants, parameter);
    result.checkDefault(record);
    return result;
  }

  Parameter parameter() {
    return parameter;
  }

  /** The component's own value in a record. */
  @Nullable
  Object valueOf(LossFunction function) {
    return value(component, function);
  }

  /** The component's value in a record as it goes over the wire. */
  @Nullable
  Object wireValueOf(LossFunction function) {
    return wire(value(component, function));
  }

  /** What the component is to hold for a value from the wire; null also when it is in violation. */
  @Nullable
  Object read(@Nullable Object value, List<Violation> violations) {
    Object read = new ValueReader(parameter, violations).read(value);
    return read == null || parameter.type() != Parameter.Type.ENUM ? read : constants.get(read);
  }

  private void checkDefault(Class<?> record) {
    List<Violation> violations = new ArrayList<>();
    read(parameter.defaultValue(), violations);
    if (!violations.isEmpty()) {
      throw Definitions.invalid(
          record,
          component.getName(),
          "the default that the constructor without arguments gives it breaks its own rule: it "
              + violations.get(0).message());
    }
  }

  private static Parameter.@Nullable Type type(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == double.class || type == Double.class) {
      return Parameter.Type.NUMBER;
    } else if (type == int.class || type == Integer.class) {
      return Parameter.Type.INTEGER;
    } else if (type == boolean.class || type == Boolean.class) {
      return Parameter.Type.BOOLEAN;
    } else if (type == String.class) {
      return Parameter.Type.STRING;
    } else if (type.isEnum()) {
      return Parameter.Type.ENUM;
    } else if (type == List.class && component.getGenericType() instanceof ParameterizedType list) {
      Object item = list.getActualTypeArguments()[0];
      return item == Double.class
          ? Parameter.Type.NUMBER_LIST
          : item == Integer.class ? Parameter.Type.INTEGER_LIST : null;
    }
    return null;
  }

  private static Map<String, Object> constants(Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    if (type.isEnum()) {
      Arrays.stream(type.getEnumConstants())
          .forEach(each -> constants.put(word((Enum<?>) each), each));
    }
    return constants;
  }

  private static String word(Enum<?> constant) {
    String text = constant.toString();
    return text.equals(constant.name()) ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static @Nullable Object wire(@Nullable Object value) {
    if (value instanceof Enum<?> constant) {
      return word(constant);
    }
    return value instanceof List<?> list ? List.copyOf(list) : value;
  }

  private static @Nullable Object value(RecordComponent component, LossFunction function) {
    try {
      return component.getAccessor().invoke(function);
    } catch (InvocationTargetException e) {
      throw LossException.of(
          LossErrorCode.LOSS_FAILURE,
          "Reading '" + component.getName() + "' failed: "
              + LossFunctionException.because(Objects.requireNonNull(e.getCause()))
                  .getMessage());
    } catch (IllegalAccessException e) {
      throw Definitions.invalid(
          function.getClass(),
          component.getName(),
          "it cannot be read; export the record's package");
    }
  }
}
