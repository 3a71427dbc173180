package dev.losses.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The server tells which losses it has. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ListingIT {
  @LocalServerPort
  private int port;

  private Client client;

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @Test
  void everyLossIsListedWithItsInputsParametersAndSource() {
    JsonNode huber = StreamSupport.stream(losses("").spliterator(), false)
        .filter(loss -> loss.path("name").asString().equals("huber"))
        .findFirst()
        .orElseThrow();
    assertEquals(
        List.of(
            "name",
            "aliases",
            "family",
            "summary",
            "inputs",
            "parameters",
            "differentiable",
            "source"),
        List.copyOf(huber.propertyNames()));
    assertEquals("y_pred", huber.at("/inputs/1/name").asString());
    assertEquals("real", huber.at("/inputs/1/domain").asString());
    assertEquals(1.0, huber.at("/parameters/properties/delta/default").asDouble());
    assertEquals(0.0, huber.at("/parameters/properties/delta/exclusiveMinimum").asDouble());
    assertTrue(huber.path("differentiable").asBoolean());
    assertTrue(huber.at("/source/digest").asString().startsWith("sha256:"));
  }

  @Test
  void aFamilyOrAWordNarrowsTheList() {
    assertEquals(List.of("failing"), names("?family=custom"));
    assertEquals(List.of(), names("?q=huber&family=custom"));
    assertTrue(names("?q=entropy").size() < names("").size());
  }

  @ParameterizedTest
  @CsvSource({
    "HUBER, huber",
    "mse, mean_squared_error",
    "L2, mean_squared_error",
    "MeanSquaredError, mean_squared_error",
    "cross%20entropy, binary_crossentropy",
    "siamese, contrastive",
    "outliers, huber",
    "hubber, huber",
  })
  void aSearchFindsWhatIsMeant(String text, String name) {
    assertTrue(names("?q=" + text).contains(name), text + ": " + names("?q=" + text));
  }

  @Test
  void theBestMatchComesFirst() {
    assertEquals("mean_absolute_error", names("?q=mae").get(0));
    assertEquals("contrastive", names("?q=contrastive").get(0));
    assertEquals("cosine_similarity", names("?q=Cosine-Similarity%20loss").get(0));
  }

  @Test
  void aLossIsDescribedByAnyOfItsNames() {
    JsonNode loss = client.get("/v1/losses/MeanSquaredError").json();
    assertEquals("mean_squared_error", loss.path("name").asString());
    for (String field : List.of("description", "formula", "references", "example")) {
      assertTrue(loss.has(field), field);
    }
  }

  @Test
  void theExampleOfEveryLossRunsUnedited() {
    for (String name : names("")) {
      if (!name.equals("failing")) {
        String example = client.get("/v1/losses/" + name).json().path("example").toString();
        Client.Answer answer = client.post("/v1/losses/" + name + "/evaluate", example);
        assertEquals(200, answer.status(), name + " " + example + " " + answer.body());
        assertTrue(answer.json().path("loss").isNumber(), answer.body());
      }
    }
  }

  private JsonNode losses(String query) {
    return client.get("/v1/losses" + query).json().path("losses");
  }

  private List<String> names(String query) {
    return StreamSupport.stream(losses(query).spliterator(), false)
        .map(loss -> loss.path("name").asString())
        .toList();
  }
}
