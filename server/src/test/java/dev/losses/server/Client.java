package dev.losses.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the server. */
record Client(int port) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  /** What came back. */
  record Answer(int status, Map<String, List<String>> headers, String body) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    String header(String name) {
      return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    String code() {
      return json().path("code").asString();
    }

    /** "pointer: detail" of each error. */
    List<String> errors() {
      return StreamSupport.stream(json().path("errors").spliterator(), false)
          .map(error ->
              error.path("pointer").asString() + ": " + error.path("detail").asString())
          .toList();
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  Answer post(String path, String json) {
    return send("POST", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
  }

  /** As one who has the server's key. */
  Answer postWithKey(String path, String key) {
    return send("POST", path, BodyPublishers.noBody(), "Authorization", "Bearer " + key);
  }

  Answer huber(String json) {
    return post("/v1/losses/huber/evaluate", json);
  }

  /** Of some other type than JSON. */
  Answer post(String path, String contentType, byte[] body) {
    return send("POST", path, BodyPublishers.ofByteArray(body), "Content-Type", contentType);
  }

  Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpResponse<String> response = exchange(method, path, body, BodyHandlers.ofString(), headers);
    return new Answer(response.statusCode(), response.headers().map(), response.body());
  }

  <T> HttpResponse<T> exchange(
      String method, String path, BodyPublisher body, BodyHandler<T> answer, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
