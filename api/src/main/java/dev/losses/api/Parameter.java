package dev.losses.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a loss, read off a record component.
 *
 * @param name snake_case
 * @param type what it holds
 * @param nullable whether null (or leaving it out, where the default is null) is a value of its own
 * @param defaultValue what it is when left out, as on the wire
 * @param range what numbers are allowed
 * @param options the allowed words of an enum; else empty
 * @param description for its user; may be empty
 */
public record Parameter(
    String name,
    Type type,
    boolean nullable,
    @Nullable Object defaultValue,
    Range range,
    List<String> options,
    String description) {

  /** What a parameter holds. */
  public enum Type {
    /** A finite number. */
    NUMBER("number"),
    /** A whole number. */
    INTEGER("integer"),
    /** True or false. */
    BOOLEAN("boolean"),
    /** Text. */
    STRING("string"),
    /** One of {@link Parameter#options()}. */
    ENUM("string"),
    /** A list of numbers; a single one is taken too. */
    NUMBER_LIST("number"),
    /** A list of whole numbers; a single one is taken too. */
    INTEGER_LIST("integer");

    private final String jsonType;

    Type(String jsonType) {
      this.jsonType = jsonType;
    }

    /** Whether it is a list. */
    public boolean isList() {
      return this == NUMBER_LIST || this == INTEGER_LIST;
    }
  }

  /** Of a boolean or an enum, what else it may be than its default; else nothing. */
  List<Object> otherChoices() {
    if (type == Type.BOOLEAN) {
      return defaultValue instanceof Boolean value ? List.of(!value) : List.of(true, false);
    }
    return options.stream()
        .filter(option -> !option.equals(defaultValue))
        .map(Object.class::cast)
        .toList();
  }

  /** The JSON Schema of this parameter. */
  public Map<String, Object> jsonSchema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("type", nullable && !type.isList() ? List.of(type.jsonType, "null") : type.jsonType);
    item.putAll(range.jsonSchema());
    if (!options.isEmpty()) {
      item.put("enum", nullable ? withNull(options) : options);
    }
    if (type.isList()) {
      // Map.of has another order in every JVM, and with it the document another digest.
      Map<String, Object> list = new LinkedHashMap<>();
      list.put("type", "array");
      list.put("items", item);
      list.put("minItems", 1);
      schema.put(
          "anyOf", nullable ? List.of(list, item, Map.of("type", "null")) : List.of(list, item));
    } else {
      schema.putAll(item);
    }
    schema.put("default", defaultValue);
    if (!description.isEmpty()) {
      schema.put("description", description);
    }
    return schema;
  }

  private static List<@Nullable String> withNull(List<String> options) {
    List<@Nullable String> all = new ArrayList<>(options);
    all.add(null);
    return all;
  }
}
