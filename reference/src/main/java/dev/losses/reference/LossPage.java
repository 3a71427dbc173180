package dev.losses.reference;

import dev.losses.api.ExampleRequest;
import dev.losses.api.FormulaStyle;
import dev.losses.api.InputDescription;
import dev.losses.api.Loss;
import dev.losses.api.LossDefinition;
import dev.losses.api.Parameter;
import dev.losses.api.Range;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page of one loss. */
final class LossPage {
  private static final int DIGITS = 6;

  private final LossDefinition definition;
  private final Optional<String> docstring;
  private final Optional<Curve> curve;
  private final Loss loss;
  private final StringBuilder page = new StringBuilder();

  LossPage(LossDefinition definition, Optional<String> docstring, Optional<Curve> curve) {
    this.definition = definition;
    this.docstring = docstring;
    this.curve = curve;
    this.loss = definition.bind(Map.of(), evaluation -> {});
  }

  String text() {
    page.append("# ").append(definition.name()).append("\n\n");
    page.append(definition.description()).append("\n\n");
    page.append("Family: [").append(definition.family()).append("](README.md#");
    page.append(definition.family()).append(").");
    if (!definition.aliases().isEmpty()) {
      page.append(" Also: ").append(Markdown.codes(definition.aliases())).append('.');
    }
    page.append('\n');
    formulas();
    parameters();
    inputs();
    docstring.ifPresent(text -> section("Conventions").append(text).append('\n'));
    curve.ifPresent(this::plot);
    example();
    references();
    return page.toString();
  }

  private StringBuilder section(String title) {
    return page.append("\n## ").append(title).append("\n\n");
  }

  private void formulas() {
    Optional<String> formula = definition.formula();
    formula.ifPresent(each -> section("Formula").append(Markdown.block("math", each)));
    for (Map<String, Object> variant : definition.variants()) {
      Optional<String> other = definition.formula(FormulaStyle.LATEX, variant);
      if (other.isPresent() && !other.equals(formula)) {
        page.append("\n").append(with(variant)).append(":\n\n");
        page.append(Markdown.block("math", other.get()));
      }
    }
  }

  private void parameters() {
    List<Parameter> parameters = definition.parameters().parameters();
    section("Parameters");
    if (parameters.isEmpty()) {
      page.append("None.\n");
      return;
    }
    page.append("| name | default | allowed | what it is |\n| --- | --- | --- | --- |\n");
    for (Parameter parameter : parameters) {
      page.append(Markdown.row(
          Markdown.code(parameter.name()),
          Markdown.code(JsonText.exact().line(parameter.defaultValue())),
          allowed(parameter),
          parameter.description()));
    }
  }

  private static String allowed(Parameter parameter) {
    String range = parameter.range().equals(Range.ALL) ? "" : " " + parameter.range();
    String values = switch (parameter.type()) {
      case BOOLEAN -> "`true` or `false`";
      case ENUM -> Markdown.codes(parameter.options());
      case STRING -> "text";
      case NUMBER -> "a number" + range;
      case INTEGER -> "a whole number" + range;
      case NUMBER_LIST -> "a number" + range + ", or a list of them";
      case INTEGER_LIST -> "a whole number" + range + ", or a list of them";
    };
    return parameter.nullable() ? values + ", or `null`" : values;
  }

  private void inputs() {
    section("Inputs").append("| name | values | shape | gradient |\n| --- | --- | --- | --- |\n");
    for (Input input : definition.inputs()) {
      String shape = switch (input.extent()) {
        case ELEMENT -> "`[batch, ..., features]`";
        case ROW -> "`[batch, ...]`";
        case FREE -> "its own, the batch first";
      };
      page.append(Markdown.row(
          Markdown.code(input.name()),
          InputDescription.of(input),
          shape,
          input.differentiable() ? "yes" : "no"));
    }
    for (Map<String, Object> variant : definition.variants()) {
      for (Input input : definition.bind(variant, evaluation -> {}).inputs()) {
        if (!definition.inputs().contains(input)) {
          page.append('\n').append(with(variant)).append(", ").append(Markdown.code(input.name()));
          page.append(": ").append(InputDescription.of(input)).append('\n');
        }
      }
    }
  }

  private void plot(Curve drawn) {
    String name = definition.name();
    section("Plot");
    page.append("![The loss and its gradient](plots/").append(name).append(".svg)\n\n");
    String input = Markdown.code(drawn.input().name());
    page.append(
        switch (drawn.scope()) {
          case ELEMENT -> "The loss and its gradient for one element of " + input + others(drawn);
          case ROW ->
            "The loss of the first row of the example below, and its gradient, for the first element of "
                + input + " in that row.\n";
          case BATCH ->
            "The mean loss of the example below, and its gradient, for the first element of "
                + input + ".\n";
        });
  }

  private static String others(Curve drawn) {
    return drawn.inputs().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(drawn.input().name()))
        .map(entry -> Markdown.code(entry.getKey()) + " is "
            + Digits.shortest(entry.getValue().get(0)))
        .collect(Collectors.joining(", ", ", where ", ".\n"));
  }

  private void example() {
    Map<String, Tensor> inputs = ExampleRequest.inputs(definition);
    section("Example");
    page.append(Markdown.block(
        "sh",
        "curl -s localhost:8080/v1/losses/" + definition.name()
            + "/evaluate -H 'Content-Type: application/json' -d '\n"
            + JsonText.exact().lines(ExampleRequest.of(definition)) + "'"));
    page.append("\nThe answer, rounded to ")
        .append(DIGITS)
        .append(" digits, without its source:\n\n");
    page.append(Markdown.block("json", JsonText.rounded(DIGITS).lines(answer(inputs))));
    int[] shape =
        loss.evaluate(LossInputs.named(inputs), Reduction.NONE).losses().shape();
    page.append("\nUnreduced (`\"reduction\": \"none\"`), the loss has the shape ");
    page.append(Markdown.code(Arrays.toString(shape))).append(" here.\n");
  }

  private Map<String, Object> answer(Map<String, Tensor> inputs) {
    LossResult result = loss.evaluate(LossInputs.named(inputs), Reduction.MEAN, Gradients.COMPUTE);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("loss", result.value());
    if (!result.gradients().isEmpty()) {
      answer.put("gradients", result.gradients());
    }
    answer.put("reduction", result.reduction().wireName());
    answer.put("dtype", result.dtype().wireName());
    answer.put("parameters", loss.parameters());
    answer.put("warnings", result.warnings());
    return answer;
  }

  private void references() {
    if (!definition.references().isEmpty()) {
      section("References");
      definition.references().forEach(each -> page.append("- ").append(each).append('\n'));
    }
  }

  private static String with(Map<String, Object> variant) {
    return variant.entrySet().stream()
        .map(entry -> Markdown.code(entry.getKey()) + " "
            + Markdown.code(JsonText.exact().line(entry.getValue())))
        .collect(Collectors.joining(" and ", "With ", ""));
  }
}
