package dev.losses.server.listing;

import dev.losses.api.ExampleRequest;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossSource;
import dev.losses.engine.Computation;
import dev.losses.spi.Input;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A loss as callers see it. */
public final class LossDescription {
  private LossDescription() {}

  /** What a list shows. */
  static Map<String, Object> summary(LossDefinition definition) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", definition.name());
    json.put("aliases", definition.aliases());
    json.put("family", definition.family());
    json.put("summary", firstSentence(definition.description()));
    json.put("inputs", definition.inputs().stream().map(LossDescription::input).toList());
    json.put("parameters", definition.parameters().jsonSchema());
    json.put("differentiable", definition.inputs().stream().anyMatch(Input::differentiable));
    json.put("source", source(definition));
    return json;
  }

  /** All there is to know. */
  static Map<String, Object> full(LossDefinition definition) {
    Map<String, Object> json = summary(definition);
    json.put("description", definition.description());
    definition.formula().ifPresent(formula -> json.put("formula", formula));
    json.put("references", definition.references());
    json.put("example", ExampleRequest.of(definition));
    json.put("computation", computation(definition));
    return json;
  }

  /** The first sentence of a text. */
  public static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private static Map<String, Object> input(Input input) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", input.name());
    json.put("domain", input.domain().name().toLowerCase(Locale.ROOT));
    json.put("extent", input.extent().name().toLowerCase(Locale.ROOT));
    json.put("differentiable", input.differentiable());
    json.put("excepted", input.excepted());
    return json;
  }

  private static Map<String, Object> computation(LossDefinition definition) {
    Computation computation = definition.bind(Map.of(), evaluation -> {}).computation();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", computation.path().wireName());
    json.put("reason", computation.reason());
    return json;
  }

  private static Map<String, Object> source(LossDefinition definition) {
    LossSource source = definition.source();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", definition.name());
    json.put("version", source.version());
    json.put("plugin", source.plugin());
    json.put("digest", source.digest());
    return json;
  }
}
