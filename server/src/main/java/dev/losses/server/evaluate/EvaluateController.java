package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.engine.LossResult;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.http.RequestBodies;
import dev.losses.server.json.AnswerWriter;
import dev.losses.server.json.EvaluationRequest;
import dev.losses.server.metrics.EvaluationMetrics;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Evaluates one loss, or several on the same inputs. */
@RestController
@Hidden // The documentation has an operation for each loss instead.
class EvaluateController {
  private static final Logger log = LoggerFactory.getLogger(EvaluateController.class);

  private final Catalog catalog;
  private final RequestBodies bodies;
  private final EvaluationMetrics metrics;

  EvaluateController(Catalog catalog, RequestBodies bodies, EvaluationMetrics metrics) {
    this.catalog = catalog;
    this.bodies = bodies;
    this.metrics = metrics;
  }

  @PostMapping(
      path = "/v1/losses/{name}/evaluate",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  void evaluate(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (Catalog.Lease lease = catalog.lease()) {
      Calls calls = new Calls(lease.losses());
      LossDefinition definition = counted(null, () -> calls.definition(name));
      Call call = counted(definition, () -> calls.one(definition, bodies.open(request)));
      LossResult result = call.evaluate();
      try (AnswerWriter answer = answer(response)) {
        answer.writeAnswer(call.loss(), result);
      }
    }
  }

  @PostMapping(
      path = "/v1/evaluate",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  void evaluateSeveral(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (Catalog.Lease lease = catalog.lease()) {
      Calls calls = new Calls(lease.losses());
      EvaluationRequest several = counted(null, () -> calls.several(bodies.open(request)));
      try (AnswerWriter answer = answer(response)) {
        answer.startResults();
        for (int i = 0; i < several.losses().size(); i++) {
          writeEntry(calls, several, i, answer);
        }
        answer.endResults();
      }
    }
  }

  /** One loss that fails does not fail the others, whatever the reason. */
  private void writeEntry(Calls calls, EvaluationRequest several, int index, AnswerWriter answer)
      throws IOException {
    Call call;
    LossResult result;
    try {
      String name = several.losses().get(index).name();
      LossDefinition definition = counted(null, () -> calls.definition(name));
      call = counted(definition, () -> calls.entry(several, index));
      result = call.evaluate();
    } catch (ProblemException e) {
      answer.writeError(e.problem().toJson());
      return;
    } catch (RuntimeException e) {
      UUID id = UUID.randomUUID();
      log.error("Entry {} of a request failed, id {}", index, id, e);
      answer.writeError(Problem.internalError(id).toJson());
      return;
    }
    answer.writeAnswer(call.loss(), result);
  }

  /** Whatever is refused before it is evaluated is counted here; what is evaluated, the catalogue's listener counts. */
  private <T> T counted(@Nullable LossDefinition loss, Step<T> step) throws IOException {
    long start = System.nanoTime();
    try {
      return step.take();
    } catch (ProblemException e) {
      metrics.refused(loss, e.problem().code(), Duration.ofNanos(System.nanoTime() - start));
      throw e;
    }
  }

  private static AnswerWriter answer(HttpServletResponse response) throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    return new AnswerWriter(response.getOutputStream());
  }

  /** A step towards an evaluation. */
  private interface Step<T> {
    T take() throws IOException;
  }
}
