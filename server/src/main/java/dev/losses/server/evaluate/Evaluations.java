package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.exchange.Answer;
import dev.losses.server.exchange.EvaluationRequest;
import dev.losses.server.exchange.Expected;
import dev.losses.server.exchange.Reading;
import dev.losses.server.http.RequestBody;
import dev.losses.server.metrics.EvaluationMetrics;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The way of every request from its body to its answer, whatever its format. As many compute at once as there are cores;
 * others wait for their turn, and while one waits for its sender or a plugin it is another's turn.
 */
@Component
public class Evaluations {
  /** An answer waits in memory until the last loss is evaluated. */
  private static final long MOST_ELEMENTS = 16_000_000;

  private final Catalog catalog;
  private final EvaluationMetrics metrics;
  private final Refused refused;
  private final LongCalls longCalls;
  private final Turns turns;

  Evaluations(Catalog catalog, EvaluationMetrics metrics, LongCalls longCalls, Turns turns) {
    this.catalog = catalog;
    this.metrics = metrics;
    this.refused = new Refused(metrics);
    this.longCalls = longCalls;
    this.turns = turns;
  }

  /**
   * Evaluates one loss. The lease ends before the answer is written: how long that takes is up to the caller.
   *
   * @throws ProblemException when the request is refused or the loss fails
   */
  public Answer one(String name, RequestBody body, Reading reading) {
    try (Turn turn = turns.turn(body)) {
      Answer answer = one(turn, name, body, reading);
      if (turn.hasBegun()) {
        // Our own formulas keep nothing; before other code gets the arrays, the turn ends.
        body.releaseArrays();
      }
      return answer;
    }
  }

  private Answer one(Turn turn, String name, RequestBody body, Reading reading) {
    try (Catalog.Lease lease = catalog.lease()) {
      Calls calls = new Calls(lease.losses());
      LossDefinition definition = refused.counted(null, () -> calls.definition(name));
      EvaluationRequest one =
          refused.counted(definition, () -> read(turn, body, reading, Expected.of(definition)));
      String version = one.version();
      if (version == null) {
        return answer(turn, lease, definition, longCalls.end(), () -> calls.call(definition, one));
      }
      try (Catalog.Lease versioned =
          refused.counted(definition, () -> Versions.live(catalog, definition, version))) {
        Calls then = new Calls(versioned.losses());
        LossDefinition wanted = then.definition(name);
        return answer(turn, versioned, wanted, longCalls.end(), () -> then.call(wanted, one));
      }
    }
  }

  /**
   * Evaluates several losses on the same inputs.
   *
   * @throws ProblemException when the request is refused; what is wrong with one loss alone is in its entry
   */
  Entries several(RequestBody body, Reading reading) {
    try (Turn turn = turns.turn(body);
        Catalog.Lease lease = catalog.lease()) {
      Calls calls = new Calls(lease.losses());
      EvaluationRequest several =
          refused.counted(null, () -> calls.several(read(turn, body, reading, calls.expected())));
      Entries entries = new Entries(MOST_ELEMENTS);
      long end = longCalls.end();
      for (int i = 0; i < several.losses().size(); i++) {
        int index = i;
        String name = several.losses().get(i).name();
        entries.add(() -> {
          LossDefinition definition = refused.counted(null, () -> calls.definition(name));
          return answer(turn, lease, definition, end, () -> calls.entry(several, index));
        });
      }
      return entries;
    }
  }

  /** To read a small body is to compute; a large one's sender sets the pace, and may stop. */
  private static EvaluationRequest read(
      Turn turn, RequestBody body, Reading reading, Expected expected) {
    if (body.whole() != null) {
      turn.begin();
    }
    EvaluationRequest request = reading.read(body, expected);
    body.received();
    body.allowance().take(request.answerBytes());
    return request;
  }

  /**
   * Makes the call of the request and evaluates it: both run the loss's code.
   *
   * @param end when it is too late to begin what may take long; a formula of ours never is
   */
  private Answer answer(
      Turn turn, Catalog.Lease lease, LossDefinition definition, long end, Supplier<Call> toCall) {
    long start = System.nanoTime();
    try {
      return lease.isBuiltIn(definition)
          ? builtIn(turn, definition, end, toCall)
          : plugin(turn, lease, definition, end, toCall);
    } catch (ProblemException e) {
      if (e.problem().status() >= ProblemType.PLUGIN_BUSY.status()) {
        // Not begun, or given up: nobody else counts it.
        refused.count(definition, e, start);
      }
      throw e;
    }
  }

  private Answer builtIn(Turn turn, LossDefinition definition, long end, Supplier<Call> toCall) {
    turn.begin();
    Call call = refused.counted(definition, toCall);
    if (!call.mayTakeLong()) {
      // To ask for the processor's time may take as long as a small evaluation.
      return turn.isAlways() ? evaluate(call, true) : metered(call, true);
    }
    turn.end();
    longCalls.refuseAfter(end, definition);
    longCalls.refuseIfFull();
    return longCalls.run(definition, () -> metered(call, true));
  }

  private Answer plugin(
      Turn turn, Catalog.Lease lease, LossDefinition definition, long end, Supplier<Call> toCall) {
    turn.end();
    longCalls.refuseAfter(end, definition);
    // Let go of before the evaluation, which may never end: it knows all losses of the moment.
    AtomicReference<@Nullable Supplier<Call>> once = new AtomicReference<>(toCall);
    return lease.call(definition, () -> metered(call(definition, once), false));
  }

  private Call call(LossDefinition definition, AtomicReference<@Nullable Supplier<Call>> once) {
    return refused.counted(definition, Objects.requireNonNull(once.getAndSet(null)));
  }

  private Answer metered(Call call, boolean builtIn) {
    ThreadCost cost = ThreadCost.begin();
    try {
      return evaluate(call, builtIn);
    } finally {
      // Failures and what overran its deadline cost, too.
      metrics.spent(call.loss().definition(), cost.cpu(), cost.allocatedBytes());
    }
  }

  private static Answer evaluate(Call call, boolean builtIn) {
    return Answer.of(call.loss(), call.evaluate(builtIn));
  }
}
