package dev.losses.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.LossCatalog;
import dev.losses.server.catalog.Catalog;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document describes the losses that are on offer at the moment. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class DocumentationIT {
  @LocalServerPort
  private int port;

  @Autowired
  private ChangingCatalog catalog;

  private Client client;

  @BeforeEach
  void connect() {
    catalog.offer(LossCatalog.load());
    client = new Client(port);
  }

  @Test
  void everyLossHasAnOperationOfItsOwn() {
    JsonNode operation = document().at("/paths/~1v1~1losses~1huber~1evaluate/post");
    assertEquals("evaluate_huber", operation.path("operationId").asString());
    assertEquals("regression", operation.at("/tags/0").asString());
    assertFalse(operation.path("summary").asString().isEmpty());
    JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
    JsonNode delta = schema.at("/properties/parameters/properties/delta");
    assertEquals(1.0, delta.path("default").asDouble());
    assertEquals(0.0, delta.path("exclusiveMinimum").asDouble());
    assertEquals("[\"y_pred\",\"y_true\"]", schema.path("required").toString());
    assertEquals(
        "#/components/responses/Invalid", operation.at("/responses/422/$ref").asString());
  }

  @Test
  void aFormulaIsReadableAndItsLatexIsKeptApart() {
    JsonNode huber = document().at("/paths/~1v1~1losses~1huber~1evaluate/post");
    String description = huber.path("description").asString();
    assertTrue(description.contains("½ (ŷ − y)² where |ŷ − y| ≤ delta, else"), description);
    assertFalse(description.contains("\\"), description);
    assertTrue(huber.path("x-formula").asString().startsWith("\\begin{cases}"));
    String binary = document()
        .at("/paths/~1v1~1losses~1binary_crossentropy~1evaluate/post/description")
        .asString();
    assertTrue(binary.contains("With `from_logits` true:"), binary);
  }

  @Test
  void everyOperationHasATagThatIsDescribed() {
    List<String> described = document()
        .path("tags")
        .valueStream()
        .filter(tag -> !tag.path("description").asString().isEmpty())
        .map(tag -> tag.path("name").asString())
        .toList();
    assertEquals("regression", described.get(0));
    List<String> losses = described.subList(0, described.indexOf("several losses"));
    assertEquals("custom", losses.get(losses.size() - 1));
    for (JsonNode path : document().path("paths")) {
      for (JsonNode operation : path) {
        String tag = operation.at("/tags/0").asString();
        assertTrue(described.contains(tag), tag);
      }
    }
  }

  @Test
  void aSummaryHasTheAliases() {
    String summary = document()
        .at("/paths/~1v1~1losses~1mean_squared_error~1evaluate/post/summary")
        .asString();
    assertTrue(summary.endsWith("[mse, l2]"), summary);
  }

  @Test
  void everyAnswerACallerCanMeetIsDocumented() {
    assertEquals(
        "[200, 400, 404, 406, 408, 409, 413, 415, 422, 500, 503, 504]",
        responses("/v1/losses/huber/evaluate").toString());
    assertEquals(
        "[200, 400, 408, 413, 415, 422, 500, 503]", responses("/v1/evaluate").toString());
    assertEquals(
        "[200, 400, 404, 408, 413, 415, 422, 500, 503, 504]",
        responses("/v2/models/{model}/infer").toString());
  }

  private Collection<String> responses(String path) {
    return document().path("paths").path(path).path("post").path("responses").propertyNames();
  }

  @Test
  void howManyLossesARequestMayNameIsDocumented() {
    assertEquals(
        100,
        document()
            .at("/components/schemas/SeveralLosses/properties/losses/maxItems")
            .asInt());
  }

  @Test
  void whatIsAlwaysKnownOfAPluginIsRequired() {
    JsonNode content = document().at("/components/responses/Plugins/content");
    for (String operation : List.of("/get", "~1rescan/post", "~1{id}~1rollback/post")) {
      assertEquals(
          "#/components/responses/Plugins",
          document()
              .at("/paths/~1v1~1plugins" + operation + "/responses/200/$ref")
              .asString());
    }
    assertEquals("[application/json]", content.propertyNames().toString());
    JsonNode plugin = document()
        .at(content
            .at("/application~1json/schema/properties/plugins/items/$ref")
            .asString()
            .substring(1));
    assertEquals(
        List.of("file", "id", "losses", "since", "state"),
        plugin.path("required").valueStream().map(JsonNode::asString).sorted().toList());
  }

  @Test
  void theExamplesRunUnedited() {
    JsonNode paths = document().path("paths");
    for (String path : paths.propertyNames()) {
      JsonNode example = paths.path(path).at("/post/requestBody/content/application~1json/example");
      if (!example.isMissingNode() && !path.contains("failing")) {
        Client.Answer answer = client.post(path.replace("{model}", model()), example.toString());
        assertEquals(200, answer.status(), path + " " + answer.body());
        assertFalse(answer.body().contains("\"error\""), answer.body());
      }
    }
  }

  private String model() {
    return document().at("/components/parameters/Model/example").asString();
  }

  @Test
  void thePathWithAPlaceholderForTheLossIsHidden() {
    JsonNode paths = document().path("paths");
    assertFalse(paths.has("/v1/losses/{name}/evaluate"));
    for (String path : List.of("/v1/losses", "/v1/losses/{name}", "/v1/evaluate")) {
      assertTrue(paths.has(path), path);
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    String body = client.get("/v3/api-docs").body();
    JsonNode document = document();
    java.util.regex.Matcher reference =
        java.util.regex.Pattern.compile("\"\\$ref\":\"#([^\"]+)\"").matcher(body);
    while (reference.find()) {
      assertFalse(document.at(reference.group(1)).isMissingNode(), reference.group(1));
    }
  }

  @Test
  void lossesThatGoVanishAndThoseThatComeAppear() {
    assertTrue(document().path("paths").has("/v1/losses/huber/evaluate"));
    String etag = client.get("/v3/api-docs").header("etag");

    LossCatalog all = LossCatalog.load();
    catalog.offer(LossCatalog.of(all.definitions().stream()
        .filter(definition -> !definition.name().equals("huber"))
        .toList()));
    assertFalse(document().path("paths").has("/v1/losses/huber/evaluate"));
    assertNotEquals(etag, client.get("/v3/api-docs").header("etag"));

    catalog.offer(all);
    assertTrue(document().path("paths").has("/v1/losses/huber/evaluate"));
  }

  @Test
  void aDocumentThatHasNotChangedIsNotSentAgain() {
    String etag = client.get("/v3/api-docs").header("etag");
    Client.Answer again = client.get("/v3/api-docs", "If-None-Match", etag);
    assertEquals(304, again.status());
    assertEquals("", again.body());
    assertEquals(etag, again.header("etag"));
  }

  @Test
  void theDocumentDoesNotDependOnTheHost() {
    assertEquals("[{\"url\":\"/\"}]", document().path("servers").toString());
    assertEquals("Losses", document().at("/info/title").asString());
    assertTrue(document().at("/info/version").asString().matches("\\d+\\..*"));
    assertFalse(client.get("/v3/api-docs").body().contains("localhost"));
  }

  @Test
  void theRootLeadsToSwaggerUi() {
    assertEquals("/swagger-ui.html", redirect("/"));
    assertEquals("/swagger-ui/index.html", redirect("/swagger-ui.html"));
    assertTrue(client.get("/swagger-ui/index.html").body().contains("swagger-ui"));
  }

  private String redirect(String path) {
    Client.Answer answer = client.get(path);
    assertEquals(302, answer.status(), answer.body());
    return answer.header("location").replaceFirst("^http://[^/]+", "");
  }

  private JsonNode document() {
    return client.get("/v3/api-docs").json();
  }

  /** Offers what the test says. */
  static final class ChangingCatalog implements Catalog {
    private record Offer(LossCatalog losses, long generation) implements Lease {
      @Override
      public void close() {}
    }

    private volatile Offer offer = new Offer(LossCatalog.of(List.of()), 0);

    void offer(LossCatalog losses) {
      offer = new Offer(losses, offer.generation + 1);
    }

    @Override
    public Lease lease() {
      return offer;
    }

    @Override
    public Optional<Lease> lease(String loss, String version) {
      return Optional.empty();
    }
  }

  @TestConfiguration
  static class Configuration {
    @Bean
    @Primary
    ChangingCatalog changingCatalog() {
      return new ChangingCatalog();
    }
  }
}
