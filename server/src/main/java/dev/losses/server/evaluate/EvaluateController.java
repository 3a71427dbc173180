package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.http.RequestBodies;
import dev.losses.server.json.Answer;
import dev.losses.server.json.AnswerWriter;
import dev.losses.server.json.EvaluationRequest;
import dev.losses.server.metrics.EvaluationMetrics;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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
      LossDefinition definition = counted(null, () -> calls.definition(name));
      EvaluationRequest one =
          counted(definition, () -> calls.one(definition, bodies.open(request)));
      String version = one.version();
      if (version == null) {
        return answer(lease, definition, () -> calls.call(definition, one));
      }
      try (Catalog.Lease versioned = counted(definition, () -> live(definition, version))) {
        Calls then = new Calls(versioned.losses());
        LossDefinition wanted = then.definition(name);
        return answer(versioned, wanted, () -> then.call(wanted, one));
      }
    }
  }

  private Catalog.Lease live(LossDefinition current, String version) {
    return catalog
        .lease(current.name(), version)
        .orElseThrow(() -> new ProblemException(Problem.of(
            ProblemType.VERSION_NOT_LIVE,
            "The loss '" + current.name() + "' is not served in version '" + version
                + "'; it is in " + current.source().version() + "#"
                + current.source().digest() + ".")));
  }

  private Entries entries(HttpServletRequest request) throws IOException {
    try (Catalog.Lease lease = catalog.lease()) {
      Calls calls = new Calls(lease.losses());
      EvaluationRequest several = counted(null, () -> calls.several(bodies.open(request)));
      Entries entries = new Entries(MOST_ELEMENTS);
      for (int i = 0; i < several.losses().size(); i++) {
        int index = i;
        String name = several.losses().get(i).name();
        entries.add(() -> {
          LossDefinition definition = counted(null, () -> calls.definition(name));
          return answer(lease, definition, () -> calls.entry(several, index));
        });
      }
      return entries;
    }
  }

  /** Makes the call of the request and evaluates it: both run the loss's code. */
  private Answer answer(
      Catalog.Lease lease, LossDefinition definition, Step<Call, RuntimeException> toCall) {
    long start = System.nanoTime();
    try {
      boolean builtIn = lease.isBuiltIn(definition);
      // Let go of before the evaluation, which may never end: it knows all losses of the moment.
      AtomicReference<@Nullable Step<Call, RuntimeException>> once = new AtomicReference<>(toCall);
      return lease.call(definition, () -> evaluate(call(definition, once), builtIn));
    } catch (ProblemException e) {
      if (e.problem().status() >= ProblemType.PLUGIN_BUSY.status()) {
        // Not begun, or given up: nobody else counts it.
        refused(definition, e, start);
      }
      throw e;
    }
  }

  private Call call(
      LossDefinition definition, AtomicReference<@Nullable Step<Call, RuntimeException>> once) {
    return counted(definition, Objects.requireNonNull(once.getAndSet(null)));
  }

  private Answer evaluate(Call call, boolean builtIn) {
    ThreadCost cost = ThreadCost.begin();
    try {
      return Answer.of(call.loss(), call.evaluate(builtIn));
    } finally {
      // Failures and what overran its deadline cost, too.
      metrics.spent(call.loss().definition(), cost.cpu(), cost.allocatedBytes());
    }
  }

  /** Whatever is refused before it is evaluated is counted here; what is evaluated, the catalogue's listener counts. */
  private <T, E extends Exception> T counted(@Nullable LossDefinition loss, Step<T, E> step)
      throws E {
    long start = System.nanoTime();
    try {
      return step.take();
    } catch (ProblemException e) {
      refused(loss, e, start);
      throw e;
    }
  }

  private void refused(@Nullable LossDefinition loss, ProblemException e, long start) {
    metrics.refused(loss, e.problem().code(), Duration.ofNanos(System.nanoTime() - start));
  }

  private static AnswerWriter writer(HttpServletResponse response) throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    return new AnswerWriter(response.getOutputStream());
  }

  /** A step towards an evaluation. */
  private interface Step<T, E extends Exception> {
    T take() throws E;
  }
}
