package dev.losses.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/losses says a loss answers is what the server answers. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ReferencePagesIT {
  private static final Pattern EXAMPLE = Pattern.compile(
      "curl -s localhost:8080(\\S+) .*? -d '\n(.*?)'\n.*?```json\n(.*?)```", Pattern.DOTALL);
  private static final double RELATIVE = 1e-5;

  @LocalServerPort
  private int port;

  @Test
  void theExamplesOfThePagesHaveTheAnswersOfThePages() throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.list(Path.of("../docs/losses"))) {
      pages = files
          .filter(file -> file.toString().endsWith(".md") && !file.endsWith("README.md"))
          .toList();
    }
    assertFalse(pages.isEmpty());
    Client client = new Client(port);
    for (Path page : pages) {
      Matcher example = EXAMPLE.matcher(Files.readString(page));
      assertTrue(example.find(), page + " has no example");
      JsonNode answer = client.post(example.group(1), example.group(2)).json();
      JsonNode expected = new JsonMapper().readTree(example.group(3));
      for (String member : expected.propertyNames()) {
        assertAlike(expected.path(member), answer.path(member), page + " " + member);
      }
    }
  }

  private static void assertAlike(JsonNode expected, JsonNode actual, String where) {
    if (expected.isNumber()) {
      double value = expected.asDouble();
      assertEquals(value, actual.asDouble(), RELATIVE * Math.abs(value), where);
    } else if (expected.isContainer()) {
      assertEquals(expected.size(), actual.size(), where);
      for (int i = 0; i < expected.size(); i++) {
        assertAlike(expected.path(i), actual.path(i), where);
      }
      for (String member : expected.propertyNames()) {
        assertAlike(expected.path(member), actual.path(member), where + " " + member);
      }
    } else {
      assertEquals(expected, actual, where);
    }
  }
}
