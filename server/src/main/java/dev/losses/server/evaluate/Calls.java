package dev.losses.server.evaluate;

import dev.losses.api.Loss;
import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;
import dev.losses.engine.Gradients;
import dev.losses.engine.Violation;
import dev.losses.server.exchange.EvaluationRequest;
import dev.losses.server.exchange.Expected;
import dev.losses.server.exchange.LossCall;
import dev.losses.server.problem.LossProblems;
import dev.losses.server.problem.ProblemException;
import dev.losses.spi.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes calls of requests, or refuses them with everything that is wrong. */
final class Calls {
  private final LossCatalog losses;

  Calls(LossCatalog losses) {
    this.losses = losses;
  }

  /** The loss of that name, or a problem. */
  LossDefinition definition(String name) {
    try {
      return losses.definition(name);
    } catch (LossException e) {
      throw new ProblemException(LossProblems.of(e));
    }
  }

  /** The call that a request for one loss makes. */
  Call call(LossDefinition definition, EvaluationRequest one) {
    return call(definition, one, one.parameters(), "");
  }

  /** What a request for several losses may contain. */
  Expected expected() {
    return Expected.several(inputNames(losses.definitions().stream()));
  }

  /** A request for several losses; what is wrong with a single loss's share of it is left to {@link #entry}. */
  EvaluationRequest several(EvaluationRequest request) {
    List<Violation> violations = new ArrayList<>(request.violations());
    if (request.losses().isEmpty() && violations.isEmpty()) {
      violations.add(new Violation("/losses", "name at least one loss"));
    }
    Set<String> taken =
        inputNames(request.losses().stream().flatMap(call -> losses.find(call.name()).stream()));
    boolean allKnown =
        request.losses().stream().allMatch(call -> losses.find(call.name()).isPresent());
    if (allKnown && violations.isEmpty()) {
      for (String name : request.inputs().keySet()) {
        if (!taken.contains(name)) {
          violations.add(new Violation("/" + name, "none of these losses takes it"));
        }
      }
    }
    if (!violations.isEmpty()) {
      throw Refusals.of(violations, inputNames(losses.definitions().stream()));
    }
    return request;
  }

  /** The call that one entry of a request for several losses makes. */
  Call entry(EvaluationRequest request, int index) {
    LossCall entry = request.losses().get(index);
    return call(definition(entry.name()), request, entry.parameters(), "/losses/" + index);
  }

  /** The loss that a request asks for, whose inputs are judged as they come. */
  Loss loss(LossDefinition definition, EvaluationRequest request, List<Violation> violations) {
    return loss(definition, request.parameters(), "", violations);
  }

  private Call call(
      LossDefinition definition,
      EvaluationRequest request,
      Map<String, @Nullable Object> parameters,
      String parametersAt) {
    List<Input> inputs = definition.inputs();
    // Of several losses the shared fields were judged before.
    List<Violation> violations = new ArrayList<>(request.violations());
    violations.addAll(request.missing(inputs));
    Loss loss = loss(definition, parameters, parametersAt, violations);
    Gradients gradients = request.gradient() ? Gradients.COMPUTE : Gradients.NONE;
    return new Call(loss, request.inputsFor(inputs), request.reduction(), gradients);
  }

  private Loss loss(
      LossDefinition definition,
      Map<String, @Nullable Object> parameters,
      String parametersAt,
      List<Violation> known) {
    List<Violation> violations = new ArrayList<>(known);
    Loss loss = null;
    try {
      loss = losses.loss(definition.name(), parameters);
    } catch (LossException e) {
      if (e.code() != LossErrorCode.INVALID_PARAMETERS) {
        throw new ProblemException(LossProblems.of(e, definition));
      }
      e.violations()
          .forEach(v -> violations.add(new Violation(parametersAt + v.pointer(), v.message())));
    }
    if (loss == null || !violations.isEmpty()) {
      throw Refusals.of(violations, inputNames(losses.definitions().stream()));
    }
    return loss;
  }

  private static Set<String> inputNames(Stream<LossDefinition> definitions) {
    return definitions
        .flatMap(definition -> definition.inputs().stream())
        .map(Input::name)
        .collect(Collectors.toSet());
  }
}
