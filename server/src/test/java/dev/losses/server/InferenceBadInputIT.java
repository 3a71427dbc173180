package dev.losses.server;

import static dev.losses.server.InferenceCaller.binaryInput;
import static dev.losses.server.InferenceCaller.floats;
import static dev.losses.server.InferenceCaller.input;
import static dev.losses.server.InferenceCaller.join;
import static dev.losses.server.InferenceCaller.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is wrong with an inference request is refused as the protocol has it, with the field and what would be right. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class InferenceBadInputIT {
  private static final String TRUE = input("y_true", "FP32", "[2]", "[1, 2]");
  private static final String PRED = input("y_pred", "FP32", "[2]", "[1, 3]");
  private static final String BINARY_TRUE = binaryInput("y_true", "FP32", "[2]", 8);
  private static final String BINARY_PRED = binaryInput("y_pred", "FP32", "[2]", 8);
  private static final byte[] TWO = floats(1, 2);

  @LocalServerPort
  private int port;

  private InferenceCaller caller;
  private InferenceCaller.Answer answer;

  @BeforeEach
  void connect() {
    caller = new InferenceCaller(port);
  }

  @AfterEach
  void everyAnswerIsAnErrorThatKeepsTheInsidesToItselfAndTheNextRequestWorks() {
    assertIsError(answer);
    InferenceCaller.Answer next = caller.infer("huber", request("", TRUE, PRED));
    assertEquals("[0.25]", next.output("loss").path("data").toString(), next.text());
  }

  private static void assertIsError(InferenceCaller.Answer answer) {
    assertEquals(4, answer.status() / 100, answer.text());
    assertEquals("application/json", answer.header("content-type"));
    assertEquals("[error]", answer.json().propertyNames().toString());
    assertFalse(answer.error().isEmpty());
    for (String inside : List.of("Exception", "dev.losses", "jackson", "java.", "org.", "`")) {
      assertFalse(answer.error().contains(inside), answer.error());
    }
  }

  @Test
  void moreJsonThanThereIsBodyIsRefused() {
    byte[] body = request("", TRUE, PRED).getBytes(UTF_8);
    answer = post(body, body.length + 1);
    assertError(
        400,
        "Inference-Header-Content-Length is " + (body.length + 1) + ", but the body has at most "
            + body.length + " bytes.");
  }

  @Test
  void lessJsonThanThereIsIsRefused() {
    byte[] body = request("", TRUE, PRED).getBytes(UTF_8);
    answer = post(body, 40);
    assertError(
        400, "the body ends in the middle of a value", "Inference-Header-Content-Length is 40.");
  }

  @Test
  void aLengthOfTheJsonThatIsNoneIsRefused() {
    for (String length : List.of("-1", "ten", "99999999999999999999", "1.5")) {
      answer = caller.send(
          "POST",
          "/v2/models/huber/infer",
          request("", TRUE, PRED).getBytes(UTF_8),
          InferenceCaller.LENGTH,
          length);
      assertError(400, "Inference-Header-Content-Length must be the number of bytes of the JSON.");
    }
    answer = post(request("", TRUE, PRED).getBytes(UTF_8), 0);
    assertError(400, "found nothing", "Inference-Header-Content-Length is 0.");
  }

  @Test
  void binaryTensorsWithoutTheLengthOfTheJsonAreRefused() {
    byte[] body = join(request("", BINARY_TRUE, BINARY_PRED).getBytes(UTF_8), TWO, TWO);
    answer = caller.send("POST", "/v2/models/huber/infer", body);
    assertError(400, "Inference-Header-Content-Length is not given");
    answer = caller.infer("huber", request("", BINARY_TRUE, BINARY_PRED));
    assertError(422, "/inputs: y_true, y_pred take 16 bytes after the JSON", "at most 0 bytes");
  }

  @Test
  void aSizeThatIsNotThatOfShapeAndDatatypeIsRefused() {
    answer = caller.infer(
        "huber", request("", BINARY_TRUE, binaryInput("y_pred", "FP64", "[2]", 8)), TWO, TWO);
    assertError(
        422,
        "/inputs/1/parameters/binary_data_size: y_pred of shape [2] in FP64 takes 16 bytes, not 8");
  }

  @Test
  void aSizeThatIsNoneIsRefused() {
    for (String size : List.of("-8", "8.5", "\"eight\"", "true", "[8]")) {
      String input = "{\"name\": \"y_pred\", \"datatype\": \"FP32\", \"shape\": [2], "
          + "\"parameters\": {\"binary_data_size\": " + size + "}}";
      answer = caller.infer("huber", request("", BINARY_TRUE, input), TWO, TWO);
      assertError(422, "/inputs/1/parameters/binary_data_size: expected a number of bytes");
    }
  }

  @Test
  void fewerBytesThanTheSizesAddUpToAreRefused() {
    answer = caller.infer("huber", request("", BINARY_TRUE, BINARY_PRED), TWO, new byte[7]);
    assertError(
        422,
        "/inputs: y_true, y_pred take 16 bytes after the JSON, but at most 15 bytes follow it");
  }

  @Test
  void bytesLeftOverAreRefused() {
    answer = caller.infer("huber", request("", BINARY_TRUE, BINARY_PRED), TWO, TWO, new byte[3]);
    assertError(422, "/inputs: 3 more bytes follow y_pred");
    answer = caller.infer("huber", request("", TRUE, PRED), TWO);
    assertError(422, "/inputs: 8 more bytes follow the JSON");
  }

  @Test
  void aSizeOfAnAxisThatIsNoneIsRefused() {
    String[][] shapes = {
      {"[-1]", "/inputs/1/shape/0: the size of an axis must not be negative, found the number -1"},
      {"[2, -9223372036854775808]", "/inputs/1/shape/1: the size of an axis must not be negative"},
      {"[1.5]", "/inputs/1/shape/0: expected the size of an axis, found the number 1.5"},
      {"[\"2\"]", "/inputs/1/shape/0: expected the size of an axis, found the string \"2\""},
      {"[[2]]", "/inputs/1/shape/0: expected the size of an axis, found a list"},
      {"2", "/inputs/1/shape: expected a list of sizes such as [2, 3], found the number 2"},
      {"[4294967298]", "/inputs/1/shape/0: the number 4294967298 is more elements than"},
      {"[18446744073709551618]", "/inputs/1/shape/0: the number 18446744073709551618 is more"},
      {"[65536, 65536]", "/inputs/1/shape/1: the axes hold more elements than an array can"},
      {"[2147483647, 2147483647, 0]", "/inputs/1/shape/0: the axes hold more elements"},
      {"[" + "1, ".repeat(32) + "2]", "/inputs/1/shape/32: more than 32 axes"},
    };
    for (String[] shape : shapes) {
      answer = caller.infer(
          "huber", request("", BINARY_TRUE, binaryInput("y_pred", "FP32", shape[0], 8)), TWO, TWO);
      assertError(422, shape[1]);
    }
  }

  @Test
  void sizesThatNoMemoryHoldsAreRefused() {
    String huge = "[536870911]";
    answer = caller.infer(
        "huber",
        request(
            "",
            binaryInput("y_true", "FP32", huge, 2_147_483_644),
            binaryInput("y_pred", "FP32", huge, 2_147_483_644)),
        TWO);
    assertError(422, "/inputs: y_true, y_pred take 4294967288 bytes after the JSON");
  }

  @Test
  void aShapeThatTheLossDoesNotTakeIsRefusedByTheNameOfTheInput() {
    answer = caller.infer("huber", request("", TRUE, input("y_pred", "FP32", "[3]", "[1, 2, 3]")));
    assertError(422, "/y_true", "[2]", "[3]");
    answer = caller.infer("huber", request("", TRUE, input("y_pred", "FP32", "[0]", "[]")));
    assertError(422, "/y_pred", "[0]");
    answer = caller.infer("huber", request("", TRUE, input("y_pred", "FP32", "[]", "1")));
    assertError(422, "/y_pred");
  }

  @Test
  void dataAndASizeAreRefused() {
    answer = caller.infer(
        "huber",
        request(
            "",
            BINARY_TRUE,
            "{\"name\": \"y_pred\", \"datatype\": \"FP32\", \"shape\": [2], \"data\": [1, 2], "
                + "\"parameters\": {\"binary_data_size\": 8}}"),
        TWO,
        TWO);
    assertError(422, "/inputs/1/data: y_pred has both data and binary_data_size; send one");
  }

  @Test
  void neitherDataNorASizeIsRefused() {
    answer = caller.infer(
        "huber",
        request("", TRUE, "{\"name\": \"y_pred\", \"datatype\": \"FP32\", \"shape\": [2]}"));
    assertError(
        422,
        "/inputs/1/data: missing; an input has name, shape, datatype, and data or the parameter "
            + "binary_data_size");
  }

  @Test
  void aFieldThatAnInputLacksIsNamed() {
    String whole = input("y_pred", "FP32", "[2]", "[1, 2]");
    for (String field : List.of("name", "datatype", "shape")) {
      answer = caller.infer(
          "huber", request("", TRUE, whole.replace("\"" + field + "\"", "\"content\"")));
      assertError(422, "/inputs/1/content: unknown field; the fields are name, shape");
      answer = caller.infer(
          "huber", request("", TRUE, whole.replaceFirst("\"" + field + "\": [^,]*, ", "")));
      assertError(422, "/inputs/1/" + field + ": missing; an input has name, shape, datatype");
    }
  }

  @Test
  void anUnknownDatatypeIsRefusedWithThoseThereAre() {
    answer = caller.infer("huber", request("", TRUE, input("y_pred", "FP8", "[2]", "[1, 2]")));
    assertError(422, "/inputs/1/datatype: no datatype 'FP8'; they are FP16, FP32, FP64, INT8");
    answer = caller.infer("huber", request("", TRUE, input("y_pred", "fp32", "[2]", "[1, 2]")));
    assertError(422, "/inputs/1/datatype: no datatype 'fp32'");
  }

  @Test
  void bytesAreRefused() {
    answer =
        caller.infer("huber", request("", TRUE, input("y_pred", "BYTES", "[2]", "[\"a\", \"b\"]")));
    assertError(422, "/inputs/1/datatype: a loss takes numbers, and texts as parameters of the");
    answer = caller.infer(
        "huber",
        request("", BINARY_TRUE, binaryInput("y_pred", "BYTES", "[1]", 8)),
        TWO,
        new byte[8]);
    assertError(422, "/inputs/1/datatype: a loss takes numbers");
  }

  @Test
  void dataThatDoNotFitTheShapeAreRefused() {
    answer = caller.infer("huber", request("", TRUE, input("y_pred", "FP32", "[2]", "[1, 2, 3]")));
    assertError(422, "/inputs/1/data: has 3 values, but the shape [2] holds 2");
    answer = caller.infer(
        "huber", request("", TRUE, input("y_pred", "FP32", "[1, 4]", "[[1, 2], [3, 4]]")));
    assertError(
        422,
        "/inputs/1/data: is nested as [2, 2], but the shape is [1, 4]; nest it so, or not at all");
    answer = caller.infer(
        "huber", request("", TRUE, input("y_pred", "FP32", "[2, 2]", "[[1, 2], [3]]")));
    assertError(422, "/inputs/1/data/1: ragged: the list has 1 value");
  }

  @Test
  void valuesThatAreNotOfTheDatatypeAreRefusedWithTheirPosition() {
    String[][] values = {
      {"FP32", "[1, null]", "/inputs/1/data/1: expected a number, found null"},
      {"FP32", "[1, \"2\"]", "/inputs/1/data/1: expected a number, found the string \"2\""},
      {"FP32", "[1, true]", "/inputs/1/data/1: expected a number as the datatype is FP32"},
      {"FP32", "[1, {}]", "/inputs/1/data/1: expected a value or a list, found an object"},
      {"FP32", "[1, 1e39]", "/inputs/1/data/1: 1.0E39 is not a value of FP32"},
      {"FP16", "[1, 65520]", "/inputs/1/data/1: 65520.0 is not a value of FP16"},
      {"FP64", "[1, 1e400]", "/inputs/1/data/1: the number 1e400 is beyond the range of float64"},
      {"INT8", "[1, 128]", "/inputs/1/data/1: 128.0 is not a value of INT8"},
      {"INT32", "[1, 1.5]", "/inputs/1/data/1: 1.5 is not a value of INT32"},
      {"INT64", "[1, \"NaN\"]", "/inputs/1/data/1: NaN is not a value of INT64"},
      {"UINT8", "[1, -1]", "/inputs/1/data/1: -1.0 is not a value of UINT8"},
      {"BOOL", "[1, 2]", "/inputs/1/data/1: 2.0 is not a value of BOOL"},
    };
    for (String[] value : values) {
      answer = caller.infer("huber", request("", TRUE, input("y_pred", value[0], "[2]", value[1])));
      assertError(422, value[2]);
    }
    answer = caller.infer(
        "huber", request("", TRUE, binaryInput("y_pred", "BOOL", "[2]", 2)), new byte[] {1, 2});
    assertError(422, "/inputs/1: y_pred: ", "2", "0 or 1");
  }

  @Test
  void everyCutOfARequestIsRefused() {
    byte[] json = request(
            ", \"id\": \"7\", \"parameters\": {\"delta\": 2}, \"outputs\": [{\"name\": \"loss\"}]",
            BINARY_TRUE,
            BINARY_PRED)
        .getBytes(UTF_8);
    byte[] body = join(json, TWO, TWO);
    for (int length = 0; length < body.length; length++) {
      answer = post(Arrays.copyOf(body, length), json.length);
      assertIsError(answer);
      String field = length < json.length ? InferenceCaller.LENGTH : "y_pred";
      assertTrue(answer.error().contains(field), length + ": " + answer.error());
    }
    assertEquals(200, post(body, json.length).status());
  }

  @Test
  void everyCutOfAChunkedRequestIsRefused() throws IOException {
    byte[] json = request("", BINARY_TRUE, BINARY_PRED).getBytes(UTF_8);
    byte[] body = join(json, TWO, TWO);
    for (int length = 1; length < body.length; length += 3) {
      String answered = raw(
          "Transfer-Encoding: chunked\r\n" + InferenceCaller.LENGTH + ": " + json.length,
          join(
              (Integer.toHexString(length) + "\r\n").getBytes(UTF_8),
              Arrays.copyOf(body, length),
              "\r\n0\r\n\r\n".getBytes(UTF_8)));
      assertTrue(answered.matches("(?s)HTTP/1.1 4\\d\\d .*"), answered);
      String field = length < json.length ? InferenceCaller.LENGTH : "y_true: The data end";
      assertTrue(answered.contains(field) || answered.contains("y_pred: The data end"), answered);
    }
    answer = post(new byte[1], json.length);
  }

  @Test
  void everyCutOfARequestOfJsonIsRefused() {
    byte[] json =
        request(", \"id\": \"7\", \"parameters\": {\"delta\": 2}", TRUE, PRED).getBytes(UTF_8);
    for (int length = 0; length < json.length; length++) {
      answer = caller.send("POST", "/v2/models/huber/infer", Arrays.copyOf(json, length));
      assertIsError(answer);
      assertEquals(400, answer.status(), answer.error());
    }
    answer = caller.infer("huber", "{\"inputs\": [{\"name\": \"y_true\", \"shape\": [2");
    assertError(400, "/inputs/0/shape/0: Not valid JSON at line 1, column");
  }

  @Test
  void aConnectionCutInTheMiddleHarmsNobody() throws IOException {
    byte[] json = request("", BINARY_TRUE, BINARY_PRED).getBytes(UTF_8);
    for (int sent : new int[] {0, 20, json.length, json.length + 5}) {
      try (Socket socket = new Socket("localhost", port)) {
        socket
            .getOutputStream()
            .write(join(
                ("POST /v2/models/huber/infer HTTP/1.1\r\nHost: localhost\r\n"
                        + InferenceCaller.LENGTH + ": " + json.length + "\r\nContent-Length: "
                        + (json.length + 16) + "\r\n\r\n")
                    .getBytes(UTF_8),
                Arrays.copyOf(join(json, TWO, TWO), sent)));
      }
    }
    answer = caller.infer("huber", "");
    assertError(400, "found nothing");
  }

  @Test
  void unknownInputsAreRefusedWithTheNearMatch() {
    answer = caller.infer("huber", request("", TRUE, input("y_pre", "FP32", "[1]", "[1]")));
    assertError(422, "/inputs/1/name: no input 'y_pre'; did you mean y_pred?");
    answer = caller.infer("huber", request("", TRUE, PRED, input("spare", "FP32", "[1]", "[1]")));
    assertError(
        422,
        "/inputs/2/name: no input 'spare'; the inputs are y_true, y_pred, sample_weight, mask, delta");
  }

  @Test
  void anInputGivenTwiceIsRefused() {
    answer = caller.infer("huber", request("", TRUE, PRED, PRED));
    assertError(422, "/y_pred: given twice");
    answer =
        caller.infer("huber", request("", BINARY_TRUE, BINARY_PRED, BINARY_PRED), TWO, TWO, TWO);
    assertError(422, "/y_pred: given twice");
  }

  @Test
  void missingInputsAreRefused() {
    answer = caller.infer("huber", request("", PRED));
    assertError(422, "/y_true: missing; the loss takes y_true, y_pred");
    answer = caller.infer("huber", "{\"id\": \"7\"}");
    assertError(422, "/y_true: missing", "/y_pred: missing");
  }

  @Test
  void unknownDuplicateAndUnnamedOutputsAreRefused() {
    answer = caller.infer("huber", request(outputs("{\"name\": \"los\"}"), TRUE, PRED));
    assertError(422, "/outputs/0/name: no output 'los'; did you mean loss?");
    answer = caller.infer(
        "huber", request(outputs("{\"name\": \"loss\"}, {\"name\": \"loss\"}"), TRUE, PRED));
    assertError(422, "/outputs/1/name: loss is asked for twice");
    answer = caller.infer("huber", request(outputs("{}"), TRUE, PRED));
    assertError(422, "/outputs/0/name: missing; the outputs are loss, gradient_y_pred");
    answer = caller.infer("huber", request(outputs("\"loss\""), TRUE, PRED));
    assertError(422, "/outputs/0: expected an object with name, parameters; found the string");
    answer = caller.infer("huber", request(outputs("{\"name\": \"gradient_y_true\"}"), TRUE, PRED));
    assertError(
        422,
        "/outputs/0/name: the loss has no gradient with respect to y_true; its outputs are loss, "
            + "gradient_y_pred");
  }

  @Test
  void parametersThatAnOutputDoesNotHaveAreRefused() {
    answer = caller.infer(
        "huber",
        request(
            outputs("{\"name\": \"loss\", \"parameters\": {\"classification\": 2}}"), TRUE, PRED));
    assertError(
        422,
        "/outputs/0/parameters/classification: unknown parameter; the one of an output is binary_data");
    answer = caller.infer(
        "huber",
        request(outputs("{\"name\": \"loss\", \"parameters\": {\"binary_data\": 2}}"), TRUE, PRED));
    assertError(422, "/outputs/0/parameters/binary_data: expected true or false, found 2");
  }

  private static String outputs(String outputs) {
    return ", \"outputs\": [" + outputs + "]";
  }

  @Test
  void unknownParametersAreRefusedWithTheNearMatch() {
    answer = caller.infer("huber", request(", \"parameters\": {\"delt\": 1}", TRUE, PRED));
    assertError(422, "/parameters/delt: no such parameter; did you mean delta?");
    answer = caller.infer("huber", request(", \"parameters\": {\"reducton\": 1}", TRUE, PRED));
    assertError(422, "/parameters/reducton: no such parameter; did you mean reduction?");
    answer = caller.send(
        "POST", "/v2/models/huber/infer?colour=red", request("", TRUE, PRED).getBytes(UTF_8));
    assertError(
        422,
        "/parameters/colour: no such parameter; the parameters are delta, reduction, gradient, dtype");
  }

  @Test
  void parametersOfTheWrongTypeOrOutOfRangeAreRefused() {
    String[][] parameters = {
      {"\"delta\": -1", "/parameters/delta: must be > 0, got -1"},
      {"\"delta\": \"big\"", "/parameters/delta: must be a number, got 'big'"},
      {"\"delta\": [1, 2]", "/parameters/delta: must be a number, got a list of 2"},
      {"\"reduction\": \"avg\"", "/reduction: expected one of mean, mean_with_sample_weight"},
      {"\"dtype\": 32", "/dtype: expected one of float32, float64, found \"32\""},
      {"\"gradient\": \"yes\"", "/gradient: expected one of true, false, found \"yes\""},
      {"\"binary_data_output\": 2", "/parameters/binary_data_output: expected true or false"},
    };
    for (String[] parameter : parameters) {
      answer =
          caller.infer("huber", request(", \"parameters\": {" + parameter[0] + "}", TRUE, PRED));
      assertError(422, parameter[1]);
    }
    answer = caller.infer("huber", request(", \"parameters\": 3", TRUE, PRED));
    assertError(422, "/parameters: expected an object, found the number 3");
  }

  @Test
  void aParameterGivenTwiceIsRefused() {
    String json = request(", \"parameters\": {\"delta\": 1, \"reduction\": \"sum\"}", TRUE, PRED);
    answer =
        caller.send("POST", "/v2/models/huber/infer?delta=2&reduction=mean", json.getBytes(UTF_8));
    assertError(422, "/parameters/delta: given twice", "/reduction: given twice");
    answer = caller.infer(
        "huber",
        request(
            ", \"parameters\": {\"delta\": 1}", TRUE, PRED, input("delta", "FP32", "[1]", "[1]")));
    assertError(422, "/parameters/delta: given twice");
  }

  @Test
  void aTensorThatIsNoParameterIsRefused() {
    answer =
        caller.infer("huber", request("", TRUE, PRED, input("delta", "FP32", "[2]", "[1, 2]")));
    assertError(422, "/inputs/2: delta is a single value; send it with shape [1], not [2]");
  }

  @Test
  void aMaskOfAnythingButZerosAndOnesIsRefused() {
    answer = caller.infer("huber", request("", TRUE, PRED, input("mask", "INT8", "[2]", "[1, 3]")));
    assertError(422, "/mask/1: expected true or false, or 1 or 0, found 3.0");
  }

  @Test
  void aQueryThatIsNotTextIsRefused() throws IOException {
    String json = request("", TRUE, PRED);
    String answered = raw(
        "Content-Length: " + json.length(),
        json.getBytes(UTF_8),
        "/v2/models/huber/infer?delta=%zz");
    assertTrue(answered.startsWith("HTTP/1.1 400 "), answered);
    assertTrue(answered.contains("{\"error\":\"The query is not valid UTF-8"), answered);
    answer = caller.send("POST", "/v2/models/huber/infer?delta=%FF", json.getBytes(UTF_8));
    assertError(422, "/parameters/delta: must be a number");
  }

  @Test
  void unknownModelsAndVersionsAreNotFound() {
    byte[] body = request("", TRUE, PRED).getBytes(UTF_8);
    answer = caller.infer("hubber", request("", TRUE, PRED));
    assertError(404, "There is no loss 'hubber'. Did you mean huber?");
    for (String path : List.of("", "/ready", "/versions/1", "/versions/1/ready")) {
      answer = caller.get("/v2/models/hubber" + path);
      assertError(404, "There is no loss 'hubber'. Did you mean huber?");
    }
    answer = caller.send("POST", "/v2/models/huber/versions/0.1/infer", body);
    assertError(404, "The loss 'huber' is not served in version '0.1'; it is in ");
    for (String path : List.of("", "/ready")) {
      answer = caller.get("/v2/models/huber/versions/0.1" + path);
      assertError(404, "The loss 'huber' is not served in version '0.1'; it is in ");
    }
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsPosition() {
    answer = caller.infer("huber", "{\"inputs\": [{\"name\": \"y_true\", \"data\": [1, NaN]}]}");
    assertError(400, "/inputs/0/data/1: Not valid JSON at line 1, column 47: NaN and Infinity are");
    answer = caller.infer("huber", "hello");
    assertError(400, "unrecognized token 'hello'");
    answer = caller.infer("huber", "[1]");
    assertError(400, "the body must be an object, found a list");
    answer = caller.infer("huber", request("", TRUE, PRED) + " {}");
    assertError(400, "something follows the end of the object");
    answer = caller.infer("huber", "[".repeat(10_000));
    assertError(400, "found a list");
    answer = caller.infer("huber", "{\"id\": " + "[".repeat(10_000));
    assertError(400, "nested more than 500 levels deep");
  }

  @Test
  void fieldsThatARequestDoesNotHaveAreRefused() {
    answer = caller.infer("huber", request(", \"output\": []", TRUE, PRED));
    assertError(422, "/output: unknown field; did you mean outputs?");
    answer = caller.infer("huber", request(", \"id\": 7", TRUE, PRED));
    assertError(422, "/id: expected a string, found the number 7");
    answer = caller.infer("huber", request(", \"id\": \"7\", \"id\": \"8\"", TRUE, PRED));
    assertError(422, "/id: given twice");
    answer = caller.infer("huber", "{\"inputs\": {\"y_true\": [1]}}");
    assertError(422, "/inputs: expected a list of inputs, found an object");
    answer = caller.infer("huber", request("", TRUE, PRED, "3"));
    assertError(422, "/inputs/2: expected an object with name, shape, datatype");
    answer = caller.infer(
        "huber",
        request(
            "", TRUE, PRED.replace("}", ", \"parameters\": {\"shared_memory_region\": \"a\"}}")));
    assertError(
        422,
        "/inputs/1/parameters/shared_memory_region: unknown parameter; the parameters are binary_data_size");
  }

  @Test
  void ofVeryManyErrorsNotAllAreTold() {
    answer = caller.infer("huber", request("", "3, ".repeat(5_000) + "3"));
    assertEquals(422, answer.status(), answer.text());
    assertFalse(answer.error().contains("/inputs/100:"), answer.error());
  }

  @Test
  void anEncodingThatIsNotSupportedIsRefused() {
    answer =
        caller.send("POST", "/v2/models/huber/infer", new byte[] {1}, "Content-Encoding", "br");
    assertError(415, "send gzip, deflate or the plain body");
    answer = caller.send(
        "POST", "/v2/models/huber/infer", new byte[] {1, 2}, "Content-Encoding", "gzip");
    assertError(400, "not what gzip makes");
  }

  @Test
  void unknownPathsAndWrongMethodsAreRefusedTheSameWay() throws IOException {
    answer = caller.get("/v2/nothing");
    assertError(404, "There is nothing here.", "/v2/repository/index");
    answer = caller.send("POST", "/v2/repository/models/huber/load", new byte[0]);
    assertError(404, "There is nothing here.");
    answer = caller.get("/v2/models/huber/infer");
    assertError(405, "GET");
    assertEquals("POST", answer.header("allow"));
    answer = caller.send("GET", "/v2/models/huber", new byte[0], "Accept", "image/png");
    assertError(406, "application/json");
    String tomcats = raw("Content-Length: 0", new byte[0], "/v2/models/[/infer");
    assertTrue(tomcats.startsWith("HTTP/1.1 400 "), tomcats);
    assertTrue(tomcats.contains("\"error\":\"Bad Request\""), tomcats);
    tomcats = raw("Content-Length: 0", new byte[0], "/v2/models/a%2Fb/infer");
    assertTrue(tomcats.startsWith("HTTP/1.1 400 "), tomcats);
    assertTrue(tomcats.contains("{\"error\":\"Bad Request\"}"), tomcats);
  }

  /** Posts the whole body, of which so much is said to be JSON. */
  private InferenceCaller.Answer post(byte[] body, int jsonLength) {
    return caller.send(
        "POST",
        "/v2/models/huber/infer",
        body,
        InferenceCaller.LENGTH,
        Integer.toString(jsonLength));
  }

  private String raw(String headers, byte[] body) throws IOException {
    return raw(headers, body, "/v2/models/huber/infer");
  }

  private String raw(String headers, byte[] body, String path) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(join(
              ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                      + "\r\n\r\n")
                  .getBytes(UTF_8),
              body));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private void assertError(int status, String... mentions) {
    assertEquals(status, answer.status(), answer.text());
    String error = new JsonMapper().readTree(answer.body()).path("error").asString();
    for (String mention : mentions) {
      assertTrue(error.contains(mention), error);
    }
  }
}
