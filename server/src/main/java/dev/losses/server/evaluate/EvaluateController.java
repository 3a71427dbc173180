package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.http.RequestBodies;
import dev.losses.server.json.Answer;
import dev.losses.server.json.AnswerWriter;
import dev.losses.server.json.EvaluationRequest;
import dev.losses.server.metrics.EvaluationMetrics;
import dev.losses.server.problem.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Evaluates one loss, or several on the same inputs. */
@RestController
@Hidden // The documentation has an operation for each loss instead.
class EvaluateController {
  /** An answer waits in memory until the last loss is evaluated. */
  private static final long MOST_ELEMENTS = 16_000_000;

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
    Answer answer = answer(name, request);
    try (AnswerWriter writer = writer(response)) {
      writer.writeAnswer(answer);
    }
  }

  @PostMapping(
      path = "/v1/evaluate",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  void evaluateSeveral(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Entries entries = entries(request);
    try (AnswerWriter writer = writer(response)) {
      entries.write(writer);
    }
  }

  /** The lease ends before the answer is written: how long that takes is up to the caller. */
  private Answer answer(String name, HttpServletRequest request) throws IOException {
    try (Catalog.Lease lease = catalog.lease()) {
      Calls calls = new Calls(lease.losses());
      return answer(calls, name, definition -> calls.one(definition, bodies.open(request)));
    }
  }

  private Entries entries(HttpServletRequest request) throws IOException {
    try (Catalog.Lease lease = catalog.lease()) {
      Calls calls = new Calls(lease.losses());
      EvaluationRequest several = counted(null, () -> calls.several(bodies.open(request)));
      Entries entries = new Entries(MOST_ELEMENTS);
      for (int i = 0; i < several.losses().size(); i++) {
        int index = i;
        String name = several.losses().get(i).name();
        entries.add(() -> answer(calls, name, definition -> calls.entry(several, index)));
      }
      return entries;
    }
  }

  private Answer answer(Calls calls, String name, ToCall toCall) throws IOException {
    LossDefinition definition = counted(null, () -> calls.definition(name));
    Call call = counted(definition, () -> toCall.make(definition));
    return Answer.of(call.loss(), call.evaluate());
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

  private static AnswerWriter writer(HttpServletResponse response) throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    return new AnswerWriter(response.getOutputStream());
  }

  /** A step towards an evaluation. */
  private interface Step<T> {
    T take() throws IOException;
  }

  /** Makes a request a call of the loss it names. */
  private interface ToCall {
    Call make(LossDefinition definition) throws IOException;
  }
}
