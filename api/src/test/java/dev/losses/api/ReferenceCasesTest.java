package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Mask;
import dev.losses.engine.Reduction;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The catalogue agrees with the libraries it follows, value and gradient. */
@Tag("every-jdk")
class ReferenceCasesTest {
  private static final LossCatalog CATALOG = LossCatalog.load();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> everyCaseAgreesInFloat64() {
    return cases().map(each -> dynamicTest(title(each), () -> check(each, DType.FLOAT64)));
  }

  @TestFactory
  Stream<DynamicTest> everyCaseAgreesInFloat32() {
    return cases().map(each -> dynamicTest(title(each), () -> check(each, DType.FLOAT32)));
  }

  private static void check(JsonNode each, DType dtype) {
    Loss loss = CATALOG.loss(each.get("loss").asString(), parameters(each.get("parameters")));
    Reduction reduction = Reduction.named(each.get("reduction").asString()).orElseThrow();
    LossResult result = loss.evaluate(inputs(each, dtype), reduction, Gradients.COMPUTE);

    Tolerance tolerance = Tolerance.of(each, "", dtype);
    if (reduction == Reduction.NONE) {
      tolerance.check("losses", tensor(each.get("expected"), DType.FLOAT64), result.losses());
    } else {
      tolerance.check("value", each.get("expected").asDouble(), result.value());
    }
    Tolerance gradientTolerance = Tolerance.of(each, "gradient_", dtype);
    if (each.hasNonNull("gradients")) {
      for (Map.Entry<String, JsonNode> gradient : each.get("gradients").properties()) {
        String name = gradient.getKey();
        gradientTolerance.check(
            name, tensor(gradient.getValue(), DType.FLOAT64), result.gradient(name));
      }
    }
  }

  private static LossInputs inputs(JsonNode each, DType dtype) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    each.get("inputs")
        .properties()
        .forEach(input -> tensors.put(input.getKey(), tensor(input.getValue(), dtype)));
    LossInputs inputs = LossInputs.named(tensors);
    if (each.hasNonNull("sample_weight")) {
      inputs = inputs.withSampleWeight(tensor(each.get("sample_weight"), dtype));
    }
    return each.hasNonNull("mask") ? inputs.withMask(mask(each.get("mask"))) : inputs;
  }

  private static Mask mask(JsonNode json) {
    List<JsonNode> leaves = new ArrayList<>();
    int[] shape = flatten(json, leaves);
    boolean[] values = new boolean[leaves.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = leaves.get(i).asBoolean();
    }
    return new Mask(values, shape);
  }

  private static Tensor tensor(JsonNode json, DType dtype) {
    List<JsonNode> leaves = new ArrayList<>();
    int[] shape = flatten(json, leaves);
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int i = 0; i < leaves.size(); i++) {
      tensor.set(i, leaves.get(i).asDouble());
    }
    return tensor;
  }

  /** The leaves of nested lists in order, and the shape of the lists. */
  private static int[] flatten(JsonNode json, List<JsonNode> leaves) {
    if (!json.isArray()) {
      leaves.add(json);
      return new int[0];
    }
    int[] inner = new int[0];
    for (JsonNode item : json) {
      inner = flatten(item, leaves);
    }
    int[] shape = new int[inner.length + 1];
    shape[0] = json.size();
    System.arraycopy(inner, 0, shape, 1, inner.length);
    return shape;
  }

  private static Map<String, Object> parameters(JsonNode json) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    json.properties()
        .forEach(each ->
            parameters.put(each.getKey(), JSON.convertValue(each.getValue(), Object.class)));
    return parameters;
  }

  private static Stream<JsonNode> cases() {
    InputStream stream = ReferenceCasesTest.class.getResourceAsStream("/reference-cases.jsonl");
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().map(JSON::readTree).toList().stream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String title(JsonNode each) {
    return each.get("loss").asString() + " " + each.get("id").asString();
  }

  /** How far an answer may be off. A float32 answer has the error of its rounded inputs as well. */
  private record Tolerance(double relative, double absolute) {

    static Tolerance of(JsonNode each, String prefix, DType dtype) {
      double relative = each.get(prefix + "rtol").asDouble();
      double absolute = each.get(prefix + "atol").asDouble();
      return dtype == DType.FLOAT64
          ? new Tolerance(relative, absolute)
          : new Tolerance(Math.max(relative, 2e-5), Math.max(absolute, 2e-6));
    }

    void check(String what, double expected, double actual) {
      assertEquals(expected, actual, absolute + relative * Math.abs(expected), what);
    }

    void check(String what, Tensor expected, Tensor actual) {
      assertArrayEquals(expected.shape(), actual.shape(), what);
      for (int i = 0; i < expected.size(); i++) {
        check(what + " at " + i, expected.get(i), actual.get(i));
      }
    }
  }
}
