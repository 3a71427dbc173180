package dev.losses.server.inference;

import dev.losses.server.codec.Allowance;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.json.MalformedJson;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The JSON object of an inference request. */
final class InferenceObject {
  /** The last two, which some clients repeat from the path, are not looked at. */
  private static final List<String> FIELDS =
      List.of("id", "parameters", "inputs", "outputs", "model_name", "model_version");

  private final RequestDraft draft;
  private final ParameterFields parameterFields;
  private final TensorFields tensorFields;
  private final Allowance allowance;
  private final List<InputTensor> binary = new ArrayList<>();
  private List<RequestedOutput> outputs = List.of();
  private @Nullable String id;

  InferenceObject(
      RequestDraft draft,
      ParameterFields parameterFields,
      TensorFields tensorFields,
      Allowance allowance) {
    this.draft = draft;
    this.parameterFields = parameterFields;
    this.tensorFields = tensorFields;
    this.allowance = allowance;
  }

  /** Reads the object, and sees that nothing follows it. */
  void read(RequestJson json) {
    JsonParser parser = json.parser();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      String found = parser.currentToken() == null ? "nothing" : json.found();
      throw MalformedJson.at(
          parser.currentTokenLocation(), parser, "the body must be an object, found " + found);
    }
    json.fields("", FIELDS, (field, pointer) -> readField(json, field, pointer));
    if (parser.nextToken() != null) {
      throw MalformedJson.at(
          parser.currentTokenLocation(), parser, "something follows the end of the object");
    }
  }

  /** The inputs, of those read so far, whose elements are not in the object. */
  List<InputTensor> binary() {
    return binary;
  }

  private void readField(RequestJson json, String field, String pointer) {
    switch (field) {
      case "id" -> id = json.text(pointer);
      case "parameters" -> json.parameters(pointer).forEach(parameterFields::take);
      case "inputs" -> json.items(pointer, "inputs", each -> readInput(json, each));
      case "outputs" ->
        outputs = new OutputsReader(json, parameterFields, draft.expected()).read(pointer);
      default -> json.parser().skipChildren();
    }
  }

  private void readInput(RequestJson json, String pointer) {
    InputReader reader = new InputReader(json, pointer, allowance);
    InputTensor input = reader.read();
    String name = reader.name();
    boolean isNew = name != null && tensorFields.begin(pointer, name);
    if (input == null || !isNew) {
      return;
    }
    Tensor inline = input.inline();
    if (inline == null) {
      binary.add(input);
    } else {
      tensorFields.take(input, inline);
    }
  }

  /** How the request wants to be answered. */
  AnswerForm form(boolean allGradients) {
    return new AnswerForm(id, outputs, parameterFields.binaryOutput(), allGradients);
  }
}
