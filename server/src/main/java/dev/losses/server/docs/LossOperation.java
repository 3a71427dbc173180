package dev.losses.server.docs;

import dev.losses.api.ExampleRequest;
import dev.losses.api.FormulaStyle;
import dev.losses.api.InputDescription;
import dev.losses.api.LossDefinition;
import dev.losses.server.formats.MediaTypes;
import dev.losses.server.listing.LossDescription;
import dev.losses.spi.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a loss is documented: one operation, whose request has the loss's own inputs and parameters. */
final class LossOperation {
  private final LossDefinition definition;

  LossOperation(LossDefinition definition) {
    this.definition = definition;
  }

  String path() {
    return "/v1/losses/" + definition.name() + "/evaluate";
  }

  /** An OpenAPI path item. */
  Map<String, Object> pathItem() {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("tags", List.of(definition.family()));
    operation.put("summary", summary());
    operation.put("description", description());
    operation.put("operationId", "evaluate_" + definition.name());
    operation.put("requestBody", Map.of("required", true, "content", content()));
    operation.put("responses", responses());
    definition.formula().ifPresent(formula -> operation.put("x-formula", formula));
    return Map.of("post", operation);
  }

  /** With the aliases, so that a browser's search for one finds the operation. */
  private String summary() {
    String sentence = LossDescription.firstSentence(definition.description());
    return definition.aliases().isEmpty()
        ? sentence
        : sentence + " [" + String.join(", ", definition.aliases()) + "]";
  }

  /** Swagger UI does not typeset LaTeX, so that is kept apart. */
  private String description() {
    StringBuilder text = new StringBuilder(definition.description());
    Optional<String> formula = definition.formula(FormulaStyle.UNICODE, Map.of());
    formula.ifPresent(each -> text.append(code(each)));
    for (Map<String, Object> variant : definition.variants()) {
      definition
          .formula(FormulaStyle.UNICODE, variant)
          .filter(each -> !formula.equals(Optional.of(each)))
          .ifPresent(each -> variant.forEach((name, value) ->
              text.append("\n\nWith `" + name + "` " + value + ":").append(code(each))));
    }
    if (!definition.aliases().isEmpty()) {
      text.append("\n\nAlso known as ")
          .append(String.join(", ", definition.aliases()))
          .append('.');
    }
    definition.references().forEach(reference -> text.append("\n\n").append(reference));
    return text.toString();
  }

  private static String code(String formula) {
    return "\n\n```\n" + formula + "\n```";
  }

  private Map<String, Object> content() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", requestSchema(reference("schemas", "Values")));
    json.put("example", ExampleRequest.of(definition));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put(MediaTypes.JSON, json);
    content.put(
        MediaTypes.FORM, Map.of("schema", requestSchema(reference("schemas", "ArrayFile"))));
    content.put(MediaTypes.NPZ, Map.of("schema", reference("schemas", "ArrayFiles")));
    if (definition.bind(Map.of(), evaluation -> {}).rowsAreIndependent()) {
      content.put(MediaTypes.NDJSON, Map.of("schema", reference("schemas", "Rows")));
      content.put(MediaTypes.ARROW_STREAM, Map.of("schema", reference("schemas", "Rows")));
    }
    return content;
  }

  /** @param arrays what an input is written as */
  private Map<String, Object> requestSchema(Map<String, Object> arrays) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Input input : definition.inputs()) {
      properties.put(
          input.name(), described(new LinkedHashMap<>(arrays), InputDescription.of(input)));
    }
    properties.put("version", reference("schemas", "Version"));
    properties.put("parameters", definition.parameters().jsonSchema());
    properties.put("sample_weight", reference("schemas", "SampleWeight"));
    properties.put("mask", reference("schemas", "Mask"));
    properties.put("reduction", reference("schemas", "Reduction"));
    properties.put("gradient", reference("schemas", "Gradient"));
    properties.put("dtype", reference("schemas", "DType"));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", definition.inputs().stream().map(Input::name).toList());
    schema.put("additionalProperties", false);
    return schema;
  }

  private static Map<String, Object> responses() {
    Map<String, Object> responses = new LinkedHashMap<>();
    responses.put("200", reference("responses", "Evaluation"));
    responses.put("400", reference("responses", "Malformed"));
    // A plugin may go at any time.
    responses.put("404", reference("responses", "UnknownLoss"));
    responses.put("406", reference("responses", "NotAcceptable"));
    responses.put("408", reference("responses", "Slow"));
    responses.put("409", reference("responses", "VersionNotLive"));
    responses.put("413", reference("responses", "TooLarge"));
    responses.put("415", reference("responses", "UnknownFormat"));
    responses.put("422", reference("responses", "Invalid"));
    responses.put("500", reference("responses", "Failed"));
    responses.put("503", reference("responses", "Unavailable"));
    responses.put("504", reference("responses", "TooSlow"));
    return responses;
  }

  private static Map<String, Object> described(Map<String, Object> schema, String description) {
    schema.put("description", description);
    return schema;
  }

  private static Map<String, Object> reference(String kind, String name) {
    Map<String, Object> reference = new LinkedHashMap<>();
    reference.put("$ref", "#/components/" + kind + "/" + name);
    return reference;
  }
}
