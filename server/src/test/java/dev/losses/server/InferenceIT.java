package dev.losses.server;

import static dev.losses.server.InferenceCaller.binaryInput;
import static dev.losses.server.InferenceCaller.doubles;
import static dev.losses.server.InferenceCaller.floats;
import static dev.losses.server.InferenceCaller.input;
import static dev.losses.server.InferenceCaller.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A loss is a model of the Open Inference Protocol. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class InferenceIT {
  private static final String TRUE = input("y_true", "FP64", "[2, 2]", "[0, 1, 0, 0]");
  private static final String PRED = input("y_pred", "FP64", "[2, 2]", "[0.6, 0.4, 0.4, 0.6]");
  private static final String BINARY_PAIR = binaryInput("y_true", "FP32", "[2, 2]", 16) + ", "
      + binaryInput("y_pred", "FP32", "[2, 2]", 16);
  private static final byte[] TRUE_BYTES = floats(0, 1, 0, 0);
  private static final byte[] PRED_BYTES = floats(0.6f, 0.4f, 0.4f, 0.6f);

  @LocalServerPort
  private int port;

  private InferenceCaller caller;
  private InferenceCaller.Answer answer;

  @BeforeEach
  void connect() {
    caller = new InferenceCaller(port);
  }

  @Test
  void theServerIntroducesItself() {
    for (String path : List.of("/v2", "/v2/")) {
      answer = caller.get(path);
      assertEquals("losses", answer.json().path("name").asString());
      assertFalse(answer.json().path("version").asString().isEmpty());
      assertEquals(
          "[\"binary_tensor_data\",\"model_repository\"]",
          answer.json().path("extensions").toString());
    }
  }

  @Test
  void theServerIsLiveAndReady() {
    answer = caller.get("/v2/health/live");
    assertEquals("{\"live\":true}", answer.text());
    answer = caller.get("/v2/health/ready");
    assertEquals(200, answer.status());
    assertTrue(answer.json().path("ready").asBoolean());
  }

  @Test
  void everyLossIsAModelInTheIndex() {
    for (String body : List.of("", "{\"ready\": true}")) {
      answer = caller.send("POST", "/v2/repository/index", body.getBytes(UTF_8));
      JsonNode huber = answer
          .json()
          .valueStream()
          .filter(model -> model.path("name").asString().equals("huber"))
          .findFirst()
          .orElseThrow();
      assertEquals("READY", huber.path("state").asString());
      assertEquals(version(), huber.path("version").asString());
    }
    assertEquals(answer.text(), caller.get("/v2/repository/index").text());
  }

  @Test
  void aModelTellsWhatItTakesAndGives() {
    for (String path : List.of("huber", "Huber", "huber/versions/" + version())) {
      answer = caller.get("/v2/models/" + path);
      assertEquals(
          "{\"name\":\"huber\",\"versions\":[\"" + version() + "\"],\"platform\":\"losses\","
              + "\"inputs\":[{\"name\":\"y_true\",\"datatype\":\"FP32\",\"shape\":[-1,-1]},"
              + "{\"name\":\"y_pred\",\"datatype\":\"FP32\",\"shape\":[-1,-1]}],"
              + "\"outputs\":[{\"name\":\"loss\",\"datatype\":\"FP32\",\"shape\":[1]},"
              + "{\"name\":\"gradient_y_pred\",\"datatype\":\"FP32\",\"shape\":[-1,-1]}]}",
          answer.text());
      answer = caller.get("/v2/models/" + path + "/ready");
      assertEquals(200, answer.status());
      assertTrue(answer.json().path("ready").asBoolean());
    }
  }

  @Test
  void classLabelsAreIntegersAndOfOneAxisLess() {
    JsonNode labels =
        caller.get("/v2/models/sparse_categorical_crossentropy").json().at("/inputs/0");
    assertEquals("{\"name\":\"y_true\",\"datatype\":\"INT64\",\"shape\":[-1]}", labels.toString());
  }

  @Test
  void aLossIsEvaluatedFromJson() {
    answer = caller.infer("huber", request(", \"id\": \"42\"", TRUE, PRED));
    assertEquals(200, answer.status(), answer.text());
    assertEquals("application/json", answer.header("content-type"));
    assertEquals("42", answer.json().path("id").asString());
    assertEquals("huber", answer.json().path("model_name").asString());
    assertEquals(version(), answer.json().path("model_version").asString());
    assertEquals(1, answer.json().path("outputs").size(), answer.text());
    assertEquals(
        "{\"name\":\"loss\",\"datatype\":\"FP64\",\"shape\":[1],\"data\":[0.155]}",
        answer.output("loss").toString());
    assertEquals(1.0, answer.json().at("/parameters/delta").asDouble());
    assertTrue(answer.json().at("/parameters/digest").asString().startsWith("sha256:"));
  }

  @Test
  void dataMayBeNestedAndNullIsAsGoodAsNothing() {
    answer = caller.infer(
        "huber",
        request(
            ", \"id\": null, \"parameters\": null, \"outputs\": null, \"model_name\": \"huber\"",
            input("y_true", "INT8", "[2, 2]", "[[0, 1], [0, 0]]"),
            input("y_pred", "FP32", "[2, 2]", "[[0.6, 0.4], [0.4, 0.6]]")));
    assertEquals(
        "{\"name\":\"loss\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[0.155]}",
        answer.output("loss").toString());
  }

  @Test
  void theFieldsOfAnInputMayComeInAnyOrder() {
    answer = caller.infer(
        "huber",
        request(
            "",
            "{\"data\": [0, 1, 0, 0], \"parameters\": {}, \"shape\": [2, 2], \"datatype\": \"UINT64\","
                + " \"name\": \"y_true\"}",
            PRED));
    assertEquals(0.155, answer.output("loss").at("/data/0").asDouble(), answer.text());
  }

  @Test
  void aLossIsEvaluatedFromBinaryTensors() {
    answer = caller.infer(
        "huber",
        request(
            ", \"parameters\": {\"binary_data_output\": true}, \"outputs\": [{\"name\": \"gradient_y_pred\"}, "
                + "{\"name\": \"loss\"}]",
            BINARY_PAIR),
        TRUE_BYTES,
        PRED_BYTES);
    assertEquals(200, answer.status(), answer.text());
    assertEquals("application/octet-stream", answer.header("content-type"));
    assertEquals(Integer.toString(answer.body().length), answer.header("content-length"));
    assertEquals(
        "{\"name\":\"gradient_y_pred\",\"datatype\":\"FP32\",\"shape\":[2,2],"
            + "\"parameters\":{\"binary_data_size\":16}}",
        answer.json().at("/outputs/0").toString());
    assertEquals(20, answer.binary().remaining());
    float[] values = new float[5];
    answer.binary().asFloatBuffer().get(values);
    assertArrayEquals(new float[] {0.15f, -0.15f, 0.1f, 0.15f, 0.155f}, values, 1e-7f);
  }

  @Test
  void anOutputsOwnWordOnBinaryCountsMore() {
    answer = caller.infer(
        "huber",
        request(
            ", \"parameters\": {\"binary_data_output\": true}, \"outputs\": [{\"name\": \"loss\", "
                + "\"parameters\": {\"binary_data\": false}}, {\"name\": \"gradient_y_pred\"}]",
            TRUE,
            PRED));
    assertEquals(0.155, answer.output("loss").at("/data/0").asDouble());
    assertEquals(32, answer.binary().remaining());
    assertEquals(0.15, answer.binary().getDouble(0), 1e-15);
    answer = caller.infer(
        "huber",
        request(
            ", \"outputs\": [{\"name\": \"gradient_y_pred\"}, {\"name\": \"loss\", \"parameters\": "
                + "{\"binary_data\": true}}]",
            TRUE,
            PRED));
    assertEquals(8, answer.binary().remaining());
    assertEquals(0.155, answer.binary().getDouble(0));
    assertEquals(4, answer.output("gradient_y_pred").path("data").size());
  }

  @Test
  void jsonAndBinaryInputsMayBeMixed() {
    answer = caller.infer(
        "huber",
        request("", binaryInput("y_pred", "FP64", "[2, 2]", 32), TRUE),
        doubles(0.6, 0.4, 0.4, 0.6));
    assertEquals(0.155, answer.output("loss").at("/data/0").asDouble(), answer.text());
  }

  @Test
  void everyDatatypeIsTaken() {
    for (String[] type : new String[][] {
      {"FP16", "003C"}, {"FP32", "0000803F"}, {"FP64", "000000000000F03F"}, {"INT8", "01"},
      {"INT16", "0100"}, {"INT32", "01000000"}, {"INT64", "0100000000000000"}, {"UINT8", "01"},
      {"UINT16", "0100"}, {"UINT32", "01000000"}, {"UINT64", "0100000000000000"}, {"BOOL", "01"}
    }) {
      byte[] one = java.util.HexFormat.of().parseHex(type[1]);
      String binary = request(
          "",
          input("y_true", "FP64", "[1]", "[3]"),
          binaryInput("y_pred", type[0], "[1]", one.length));
      answer = caller.infer("huber", binary, one);
      assertEquals(1.5, answer.output("loss").at("/data/0").asDouble(), type[0] + answer.text());
      String json = request(
          "", input("y_true", "FP64", "[1]", "[3]"), input("y_pred", type[0], "[1]", "[1]"));
      answer = caller.infer("huber", json);
      assertEquals(1.5, answer.output("loss").at("/data/0").asDouble(), type[0] + answer.text());
    }
  }

  @Test
  void weightsAndMasksAreInputs() {
    answer = caller.infer(
        "huber",
        request(
            ", \"parameters\": {\"reduction\": \"none\"}",
            TRUE,
            PRED,
            input("sample_weight", "FP32", "[2]", "[1, 0.5]"),
            input("mask", "BOOL", "[2]", "[true, false]")));
    assertEquals("[0.18,0.0]", rounded(answer.output("loss").path("data")), answer.text());
    assertEquals("[2]", answer.output("loss").path("shape").toString());
    answer = caller.infer(
        "huber",
        request(
            "",
            TRUE,
            PRED,
            input("mask", "UINT8", "[2]", "[0, 1]"),
            input("sample_weight", "FP64", "[]", "2")));
    assertEquals(0.26, answer.output("loss").at("/data/0").asDouble(), 1e-15, answer.text());
  }

  private static String rounded(JsonNode data) {
    return data.valueStream()
        .map(value -> Math.round(value.asDouble() * 1e9) / 1e9)
        .toList()
        .toString()
        .replace(" ", "");
  }

  @Test
  void parametersComeInTheJsonTheQueryOrAsTensors() {
    String pair = TRUE + ", " + PRED;
    String expected = parameters(request(", \"parameters\": {\"delta\": 0.25}", pair), "");
    assertEquals("0.25", expected);
    assertEquals("0.25", parameters(request(", \"parameters\": {\"delta\": \"0.25\"}", pair), ""));
    assertEquals("0.25", parameters(request("", pair), "?delta=0.25"));
    assertEquals(
        "0.25", parameters(request("", pair, input("delta", "FP32", "[1]", "[0.25]")), ""));
  }

  private String parameters(String json, String query) {
    answer = caller.send("POST", "/v2/models/huber/infer" + query, json.getBytes(UTF_8));
    assertEquals(200, answer.status(), answer.text());
    return answer.json().at("/parameters/delta").toString();
  }

  @Test
  void optionsComeInTheJsonOrTheQuery() {
    answer = caller.send(
        "POST",
        "/v2/models/huber/infer?reduction=sum&dtype=float32&gradient=true&binary_data_output=false",
        request("", TRUE, PRED).getBytes(UTF_8));
    assertEquals("[0.31]", answer.output("loss").path("data").toString(), answer.text());
    assertEquals("FP32", answer.output("gradient_y_pred").path("datatype").asString());
    answer = caller.infer(
        "huber",
        request(
            ", \"parameters\": {\"reduction\": \"sum\", \"dtype\": \"float32\", \"gradient\": true}, "
                + "\"outputs\": [{\"name\": \"loss\"}]",
            TRUE,
            PRED));
    assertEquals("[0.31]", answer.output("loss").path("data").toString(), answer.text());
    assertEquals("FP32", answer.output("gradient_y_pred").path("datatype").asString());
  }

  @Test
  void listsFlagsAndWordsAreParametersToo() {
    String pair =
        input("y_true", "INT64", "[1]", "[1]") + ", " + input("y_pred", "FP64", "[1, 2]", "[0, 0]");
    String model = "/v2/models/cross_entropy/infer";
    String[] bodies = {
      request(", \"parameters\": {\"weight\": \"[1, 2]\"}", pair),
      request(", \"parameters\": {\"weight\": [1, 2]}", pair),
      request("", pair, input("weight", "FP32", "[2]", "[1, 2]"))
    };
    for (String body : bodies) {
      answer = caller.send("POST", model, body.getBytes(UTF_8));
      assertEquals("[1.0, 2.0]", answer.json().at("/parameters/weight").asString(), answer.text());
    }
    answer = caller.infer(
        "binary_crossentropy",
        request("", TRUE, PRED, input("from_logits", "BOOL", "[1]", "[true]")));
    assertTrue(answer.json().at("/parameters/from_logits").asBoolean(), answer.text());
  }

  @Test
  void whatOnlyOtherServersUnderstandIsIgnored() {
    answer = caller.infer(
        "huber",
        request(
            ", \"parameters\": {\"sequence_id\": 7, \"sequence_start\": true, \"sequence_end\": false, "
                + "\"priority\": 18446744073709551615, \"timeout\": 1000, "
                + "\"triton_enable_empty_final_response\": true}",
            TRUE,
            PRED));
    assertEquals(200, answer.status(), answer.text());
  }

  @Test
  void theVersionOfALossMayBeInThePath() {
    answer = caller.send(
        "POST",
        "/v2/models/huber/versions/" + version() + "/infer",
        request("", TRUE, PRED).getBytes(UTF_8));
    assertEquals(200, answer.status(), answer.text());
  }

  @Test
  void packedBodiesAreTaken() throws IOException {
    byte[] json = request("", BINARY_PAIR).getBytes(UTF_8);
    byte[] body = InferenceCaller.join(json, TRUE_BYTES, PRED_BYTES);
    for (String encoding : List.of("gzip", "deflate")) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = encoding.equals("gzip")
          ? new GZIPOutputStream(packed)
          : new DeflaterOutputStream(packed)) {
        out.write(body);
      }
      answer = caller.send(
          "POST",
          "/v2/models/huber/infer",
          packed.toByteArray(),
          "Content-Encoding",
          encoding,
          InferenceCaller.LENGTH,
          Integer.toString(json.length));
      assertEquals("[0.155]", answer.output("loss").path("data").toString(), answer.text());
    }
  }

  @Test
  void aBodyThatSaysItIsAFormIsReadAsWhatItIs() {
    answer = caller.send(
        "POST",
        "/v2/models/huber/infer?delta=1",
        request("", TRUE, PRED).getBytes(UTF_8),
        "Content-Type",
        "application/x-www-form-urlencoded");
    assertEquals("[0.155]", answer.output("loss").path("data").toString(), answer.text());
  }

  @Test
  void largeTensorsTravelBothWays() {
    int rows = 300_000;
    float[] pred = new float[3 * rows];
    for (int i = 0; i < pred.length; i++) {
      pred[i] = i % 7 - 3;
    }
    int bytes = 4 * pred.length;
    answer = caller.infer(
        "mean_squared_error",
        request(
            ", \"parameters\": {\"binary_data_output\": true, \"reduction\": \"sum\"}, "
                + "\"outputs\": [{\"name\": \"gradient_y_pred\"}]",
            binaryInput("y_true", "FP32", "[" + rows + ", 3]", bytes),
            binaryInput("y_pred", "FP32", "[" + rows + ", 3]", bytes)),
        new byte[bytes],
        floats(pred));
    assertEquals(200, answer.status());
    float[] gradient = new float[pred.length];
    answer.binary().asFloatBuffer().get(gradient);
    for (int i = 0; i < pred.length; i++) {
      assertEquals(2 * pred[i] / 3, gradient[i], 1e-6);
    }
  }

  @Test
  void whatIsNotFiniteIsWarnedOf() {
    answer = caller.infer(
        "huber",
        request(
            "",
            input("y_true", "FP32", "[1]", "[0]"),
            input("y_pred", "FP32", "[1]", "[\"NaN\"]")));
    assertEquals("[\"NaN\"]", answer.output("loss").path("data").toString(), answer.text());
    assertEquals(
        "the loss is not finite", answer.json().at("/parameters/warnings").asString());
  }

  private String version() {
    return new Client(port).get("/v1/losses/huber").json().at("/source/version").asString();
  }
}
