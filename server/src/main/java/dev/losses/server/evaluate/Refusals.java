package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.api.LossException;
import dev.losses.engine.Violation;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says no. */
final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);
  private static final Pattern PARAMETERS = Pattern.compile("(/losses/\\d+)?/parameters(/.*)?");
  private static final int MOST_TOLD = 100;

  private Refusals() {}

  /** What a loss said, unless it failed: its own words may tell of files and classes, so they go to the log alone. */
  static ProblemException of(LossException e, LossDefinition definition) {
    if (e.code().callersFault()) {
      return new ProblemException(Problem.of(e));
    }
    log.warn("{}", e.getMessage());
    return new ProblemException(Problem.of(
        ProblemType.PLUGIN_FAILURE,
        "The loss '" + definition.name() + "' of " + definition.source().plugin()
            + " failed; the server's log has the reason."));
  }

  /** Everything that is wrong with a request, up to a number that a person would read. */
  static ProblemException of(List<Violation> violations, Collection<String> inputNames) {
    List<Violation> told = violations.subList(0, Math.min(violations.size(), MOST_TOLD));
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
