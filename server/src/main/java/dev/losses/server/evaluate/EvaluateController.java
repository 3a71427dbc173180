package dev.losses.server.evaluate;

import dev.losses.server.exchange.Answer;
import dev.losses.server.http.RequestBodies;
import dev.losses.server.http.RequestBody;
import dev.losses.server.json.AnswerWriter;
import dev.losses.server.json.EvaluationRequestReader;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Evaluates one loss, or several on the same inputs. */
@RestController
@Hidden // The documentation has an operation for each loss instead.
class EvaluateController {
  private final RequestBodies bodies;
  private final Evaluations evaluations;

  EvaluateController(RequestBodies bodies, Evaluations evaluations) {
    this.bodies = bodies;
    this.evaluations = evaluations;
  }

  @PostMapping(
      path = "/v1/losses/{name}/evaluate",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  void evaluate(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (RequestBody body = bodies.open(request)) {
      Answer answer = evaluations.one(name, body, EvaluationRequestReader::read);
      try (AnswerWriter writer = writer(response)) {
        writer.writeAnswer(answer);
      }
    }
  }

  @PostMapping(
      path = "/v1/evaluate",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  void evaluateSeveral(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (RequestBody body = bodies.open(request)) {
      Entries entries = evaluations.several(body, EvaluationRequestReader::read);
      try (AnswerWriter writer = writer(response)) {
        entries.write(writer);
      }
    }
  }

  private static AnswerWriter writer(HttpServletResponse response) throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    return new AnswerWriter(response.getOutputStream());
  }
}
