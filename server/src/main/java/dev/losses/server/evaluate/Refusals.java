package dev.losses.server.evaluate;

import dev.losses.engine.Violation;
import dev.losses.server.exchange.EvaluationRequest;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says no. */
final class Refusals {
  private static final Pattern PARAMETERS = Pattern.compile("(/losses/\\d+)?/parameters(/.*)?");

  private Refusals() {}

  /** Everything that is wrong with a request, up to a number that a person would read. */
  static ProblemException of(List<Violation> violations, Collection<String> inputNames) {
    List<Violation> told =
        violations.subList(0, Math.min(violations.size(), EvaluationRequest.MOST_VIOLATIONS));
    Set<ProblemType> types =
        told.stream().map(violation -> type(violation, inputNames)).collect(Collectors.toSet());
    ProblemType type = types.size() == 1 ? types.iterator().next() : ProblemType.INVALID_REQUEST;
    String detail = told.stream()
        .map(violation -> violation.pointer() + ": " + violation.message())
        .collect(Collectors.joining("; "));
    return new ProblemException(Problem.of(type, detail, told));
  }

  private static ProblemType type(Violation violation, Collection<String> inputNames) {
    if (PARAMETERS.matcher(violation.pointer()).matches()) {
      return ProblemType.INVALID_PARAMETERS;
    }
    String field = violation.pointer().substring(1).replaceFirst("/.*", "");
    boolean data =
        inputNames.contains(field) || field.equals("sample_weight") || field.equals("mask");
    return data ? ProblemType.INVALID_INPUTS : ProblemType.INVALID_REQUEST;
  }
}
