package dev.losses.testkit;

import dev.losses.api.LossDefinition;
import dev.losses.api.LossException;
import dev.losses.api.LossNames;
import dev.losses.api.LossSource;
import dev.losses.api.Parameter;
import dev.losses.api.ParameterSchema;
import dev.losses.spi.Input;
import dev.losses.spi.LossFunction;
import java.lang.reflect.Constructor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What users read about a loss is there, and its record can be made and bound. */
final class SchemaCheck {
  /** The names that requests use for other things; sample_weight and mask have a check of their own. */
  private static final Set<String> RESERVED =
      Set.of("parameters", "reduction", "gradient", "dtype");

  private SchemaCheck() {}

  static void check(Subject subject) {
    hasDefaults(subject);
    if (subject.definition().description().isBlank()) {
      throw subject
          .failure("it has no description")
          .advice("Annotate the record with @Description, a sentence for its users.");
    }
    subject.definition().parameters().parameters().forEach(each -> check(subject, each));
    Set<String> names = new HashSet<>();
    for (Input input : subject.inputs()) {
      if (RESERVED.contains(input.name()) || !names.add(input.name())) {
        throw subject
            .failure("it cannot have an input called " + input.name())
            .advice("Give the input another name: each has one of its own, and " + RESERVED
                + " are other fields of a request.");
      }
    }
  }

  /** What is wrong with a loss of which no definition can be made. */
  static String cannotBeOffered(LossFunction function, LossException refusal) {
    return "The loss " + function.getClass().getSimpleName() + " cannot be offered: "
        + refusal.getMessage()
        + "\n  what to do: change its record, or the values this test makes it with, until the sentence above no "
        + "longer holds.";
  }

  private static void check(Subject subject, Parameter parameter) {
    if (!LossNames.isValid(parameter.name())) {
      throw subject
          .failure("the parameter name " + parameter.name() + " is not snake_case")
          .advice("Name the record component in camelCase letters and digits.");
    }
    if (parameter.description().isBlank()) {
      throw subject
          .failure("its parameter " + parameter.name() + " has no description")
          .advice("Annotate the record component with @Description, a sentence for its users.");
    }
    Map<String, Object> schema = parameter.jsonSchema();
    if (!(schema.containsKey("type") || schema.containsKey("anyOf"))
        || !schema.containsKey("default")) {
      throw subject
          .failure(
              "the JSON Schema of its parameter " + parameter.name() + " lacks type or default")
          .got(schema)
          .advice("Make the component a double, int, boolean, String, enum or list of numbers.");
    }
  }

  /** ServiceLoader makes the defaults, so they must be those of the record's own constructor. */
  private static void hasDefaults(Subject subject) {
    String constructor =
        "Give the record a public constructor without arguments that calls this(...) with the "
            + "defaults; ServiceLoader needs it.";
    List<String> names = subject.definition().parameters().names();
    try {
      Constructor<?> defaults = subject.function().getClass().getConstructor();
      LossFunction made = (LossFunction) defaults.newInstance();
      ParameterSchema offered =
          LossDefinition.of(made, new LossSource("test", "0", "sha256:0")).parameters();
      if (!offered.names().equals(names)) {
        throw subject
            .failure("its default has other parameters")
            .expected(names)
            .got(offered.names())
            .advice(constructor);
      }
    } catch (LossException e) {
      throw new AssertionError(cannotBeOffered(subject.function(), e));
    } catch (ReflectiveOperationException e) {
      throw subject
          .failure("its constructor without arguments cannot be called")
          .got(e.getCause() == null ? e : e.getCause())
          .advice(constructor);
    }
  }
}
