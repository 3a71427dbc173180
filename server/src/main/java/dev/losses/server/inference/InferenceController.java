package dev.losses.server.inference;

import dev.losses.server.evaluate.EvaluationPaths;
import dev.losses.server.evaluate.Evaluations;
import dev.losses.server.exchange.Answer;
import dev.losses.server.http.Frequent;
import dev.losses.server.http.RequestBodies;
import dev.losses.server.http.RequestBody;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Evaluates a loss as a model. */
@RestController
@Hidden // openapi.json documents it.
class InferenceController {
  private final RequestBodies bodies;
  private final Evaluations evaluations;

  InferenceController(RequestBodies bodies, Evaluations evaluations) {
    this.bodies = bodies;
    this.evaluations = evaluations;
  }

  @Frequent
  @PostMapping({EvaluationPaths.INFER, EvaluationPaths.INFER_VERSION})
  void infer(
      @PathVariable String model,
      @PathVariable(required = false) @Nullable String version,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    // Spring's own way to the query would take a body for a form that says it is one.
    InferenceRequestReader reader = new InferenceRequestReader(
        version, request.getQueryString(), request.getHeader(JsonPart.LENGTH_HEADER));
    try (RequestBody body = bodies.open(request, false)) {
      Answer answer = evaluations.one(model, body, reader);
      new InferenceAnswerWriter(answer, reader.form()).write(response);
    }
  }
}
