package dev.losses.api.internal;

import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;
import dev.losses.api.Parameter;
import dev.losses.engine.LossFunctionException;
import dev.losses.engine.Violation;
import dev.losses.spi.LossFunction;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A loss's record seen as parameters: reads their schema off its components and binds new values to it. */
public final class RecordParameters {
  private static final Pattern WORDS = Pattern.compile("\\W+");

  private final LossFunction prototype;
  private final Constructor<?> constructor;
  private final List<ComponentParameter> components;
  private final List<Parameter> parameters;

  /**
   * @param prototype the loss with its defaults
   * @throws LossException {@link LossErrorCode#INVALID_DEFINITION} telling the author what to change
   */
  public RecordParameters(LossFunction prototype) {
    Class<?> type = prototype.getClass();
    if (!type.isRecord()) {
      throw Definitions.invalid(
          type,
          "is not a record; declare it as a public record, with a component for "
              + "each parameter (none, if it has no parameters)");
    }
    if (!Modifier.isPublic(type.getModifiers())) {
      throw Definitions.invalid(type, "is not public; declare it as a public record");
    }
    this.prototype = prototype;
    this.constructor = canonicalConstructor(type);
    this.components = Arrays.stream(type.getRecordComponents())
        .map(component -> ComponentParameter.of(component, prototype))
        .toList();
    this.parameters = components.stream().map(ComponentParameter::parameter).toList();
  }

  /** The parameters, in the order of the record's components. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * The loss with these values, those left out at their defaults.
   *
   * @param values by wire name: numbers, booleans, strings, lists or null
   * @param violations takes everything that is wrong
   * @return the loss, or null when something is wrong
   * @throws LossException {@link LossErrorCode#LOSS_FAILURE} when the record's constructor fails with anything but an
   *     {@link IllegalArgumentException}
   */
  public @Nullable LossFunction bind(Map<String, ?> values, List<Violation> violations) {
    int violationsBefore = violations.size();
    List<String> known = parameters.stream().map(Parameter::name).toList();
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        violations.add(new Violation(ValueReader.pointer(name), unknown(name, known)));
      }
    }
    @Nullable Object[] arguments = new @Nullable Object[components.size()];
    for (int i = 0; i < arguments.length; i++) {
      ComponentParameter component = components.get(i);
      String name = component.parameter().name();
      arguments[i] = values.containsKey(name)
          ? component.read(values.get(name), violations)
          : component.valueOf(prototype);
    }
    return violations.size() > violationsBefore ? null : construct(arguments, violations);
  }

  /** Every parameter of a loss of this record by wire name, in the order of the components. Unmodifiable. */
  public Map<String, @Nullable Object> valuesOf(LossFunction function) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    components.forEach(
        component -> values.put(component.parameter().name(), component.wireValueOf(function)));
    return Collections.unmodifiableMap(values);
  }

  private @Nullable LossFunction construct(
      @Nullable Object[] arguments, List<Violation> violations) {
    try {
      return (LossFunction) constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof IllegalArgumentException) {
        String message = cause.getMessage();
        violations.add(
            message == null
                ? new Violation("/parameters", "this combination is not allowed")
                : new Violation(pointer(message), message));
        return null;
      }
      // The text only: a Throwable of a loss's class would pin its class loader.
      throw LossException.of(
          LossErrorCode.LOSS_FAILURE,
          "The constructor of " + Definitions.name(prototype.getClass()) + " failed: "
              + LossFunctionException.because(cause).getMessage());
    } catch (ReflectiveOperationException e) {
      throw inaccessible(prototype.getClass());
    }
  }

  /** The parameter that a record's rule begins with, where it names no other; else all of them. */
  private String pointer(String message) {
    Set<String> words = WORDS.splitAsStream(message).collect(Collectors.toSet());
    List<String> named =
        parameters.stream().map(Parameter::name).filter(words::contains).toList();
    return named.size() == 1 && message.startsWith(named.get(0))
        ? ValueReader.pointer(named.get(0))
        : "/parameters";
  }

  private static String unknown(String name, List<String> known) {
    List<String> near = Suggestions.near(name, known);
    if (!near.isEmpty()) {
      return "is not a parameter of this loss; did you mean " + String.join(" or ", near) + "?";
    }
    return known.isEmpty()
        ? "is not a parameter of this loss, which has none"
        : "is not a parameter of this loss, which has " + String.join(", ", known);
  }

  private static Constructor<?> canonicalConstructor(Class<?> type) {
    Class<?>[] types = Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getType)
        .toArray(Class<?>[]::new);
    try {
      return type.getConstructor(types);
    } catch (NoSuchMethodException e) {
      throw inaccessible(type);
    }
  }

  private static LossException inaccessible(Class<?> type) {
    return Definitions.invalid(
        type,
        "has a canonical constructor that cannot be called; make it public and export its package");
  }
}
