package dev.losses.server.docs;

import dev.losses.api.LossDefinition;
import dev.losses.server.listing.ExampleRequest;
import dev.losses.server.listing.LossDescription;
import dev.losses.spi.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    operation.put("summary", LossDescription.firstSentence(definition.description()));
    operation.put("description", description());
    operation.put("operationId", "evaluate_" + definition.name());
    operation.put(
        "requestBody", Map.of("required", true, "content", Map.of("application/json", content())));
    operation.put("responses", responses());
    return Map.of("post", operation);
  }

  private String description() {
    StringBuilder text = new StringBuilder(definition.description());
    definition
        .formula()
        .ifPresent(formula -> text.append("\n\n```\n").append(formula).append("\n```"));
    if (!definition.aliases().isEmpty()) {
      text.append("\n\nAlso known as ")
          .append(String.join(", ", definition.aliases()))
          .append('.');
    }
    definition.references().forEach(reference -> text.append("\n\n").append(reference));
    return text.toString();
  }

  private Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("schema", requestSchema());
    content.put("example", ExampleRequest.of(definition));
    return content;
  }

  private Map<String, Object> requestSchema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Input input : definition.inputs()) {
      properties.put(input.name(), described(reference("schemas", "Values"), describe(input)));
    }
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
    responses.put("413", reference("responses", "TooLarge"));
    responses.put("415", reference("responses", "NotJson"));
    responses.put("422", reference("responses", "Invalid"));
    responses.put("500", reference("responses", "Failed"));
    return responses;
  }

  private static String describe(Input input) {
    String domain = switch (input.domain()) {
      case REAL -> "Any numbers";
      case PROBABILITY -> "Probabilities, in [0, 1]";
      case LOGIT -> "Logits, any numbers";
      case CLASS_INDEX -> "Class indices, whole numbers from 0";
      case HINGE_LABEL -> "Labels, -1 or 1 (or 0 or 1)";
      case SIGN -> "Signs, -1 or 1";
      case DISTANCE -> "Distances, at least 0";
      case POSITIVE -> "Numbers greater than 0";
      case EMBEDDING -> "Embeddings, a row for each example";
      case ONE_HOT -> "Class probabilities, usually one-hot rows";
    };
    return domain
        + switch (input.extent()) {
          case ELEMENT -> ".";
          case ROW -> ", one for each row.";
          case FREE -> ", with as many axes as in the example.";
        };
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
