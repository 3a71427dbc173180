package dev.losses.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller that speaks the Open Inference Protocol byte by byte. */
record InferenceCaller(int port) {
  static final String LENGTH = "Inference-Header-Content-Length";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  /** What came back. */
  static final class Answer {
    private final HttpResponse<byte[]> response;

    private Answer(HttpResponse<byte[]> response) {
      this.response = response;
    }

    int status() {
      return response.statusCode();
    }

    byte[] body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The JSON, without what follows it. */
    JsonNode json() {
      return JSON.readTree(Arrays.copyOf(body(), jsonLength()));
    }

    private int jsonLength() {
      return response.headers().firstValue(LENGTH).map(Integer::parseInt).orElse(body().length);
    }

    /** What follows the JSON. */
    ByteBuffer binary() {
      return ByteBuffer.wrap(body(), jsonLength(), body().length - jsonLength())
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN);
    }

    String text() {
      return new String(body(), UTF_8);
    }

    String error() {
      return json().path("error").asString();
    }

    /** An output as JSON. */
    JsonNode output(String name) {
      return json()
          .path("outputs")
          .valueStream()
          .filter(output -> output.path("name").asString().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name + " in " + text()));
    }
  }

  Answer get(String path) {
    return send("GET", path, new byte[0]);
  }

  /** An inference request of JSON alone, of no content type. */
  Answer infer(String model, String json) {
    return send("POST", "/v2/models/" + model + "/infer", json.getBytes(UTF_8));
  }

  /** An inference request with tensors behind the JSON. */
  Answer infer(String model, String json, byte[]... tensors) {
    byte[] start = json.getBytes(UTF_8);
    return send(
        "POST",
        "/v2/models/" + model + "/infer",
        join(start, tensors),
        LENGTH,
        Integer.toString(start.length));
  }

  Answer send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create("http://localhost:" + port + path))
        .method(
            method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] join(byte[] start, byte[]... rest) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(start);
    for (byte[] each : rest) {
      all.writeBytes(each);
    }
    return all.toByteArray();
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  static byte[] doubles(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  /** The JSON of an input whose elements follow. */
  static String binaryInput(String name, String datatype, String shape, int bytes) {
    return "{\"name\": \"" + name + "\", \"datatype\": \"" + datatype + "\", \"shape\": " + shape
        + ", \"parameters\": {\"binary_data_size\": " + bytes + "}}";
  }

  /** The JSON of an input with its elements. */
  static String input(String name, String datatype, String shape, String data) {
    return "{\"name\": \"" + name + "\", \"datatype\": \"" + datatype + "\", \"shape\": " + shape
        + ", \"data\": " + data + "}";
  }

  /** The JSON of a request. */
  static String request(String rest, String... inputs) {
    return "{\"inputs\": [" + String.join(", ", inputs) + "]" + rest + "}";
  }
}
