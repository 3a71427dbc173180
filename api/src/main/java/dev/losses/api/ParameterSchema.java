package dev.losses.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a loss.
 *
 * @param parameters in the order of the record's components
 */
public record ParameterSchema(List<Parameter> parameters) {
  public ParameterSchema {
    parameters = List.copyOf(parameters);
  }

  /** The names, in order. */
  public List<String> names() {
    return parameters.stream().map(Parameter::name).toList();
  }

  /** A JSON Schema (2020-12) of the object that holds the parameters. */
  public Map<String, Object> jsonSchema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    parameters.forEach(parameter -> properties.put(parameter.name(), parameter.jsonSchema()));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    return schema;
  }
}
