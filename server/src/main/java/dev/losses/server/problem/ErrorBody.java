package dev.losses.server.problem;

import dev.losses.engine.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * A problem as it is told on a path: a problem document, but under {@code /v2} what the Open Inference Protocol has for it.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param json what to write
 */
record ErrorBody(int status, MediaType type, Map<String, Object> json) {
  private static final String INFERENCE = "/v2";

  /**
   * The body for a problem.
   *
   * @param path within the server; null where the request was too malformed to have one
   */
  static ErrorBody of(Problem problem, @Nullable String path) {
    if (path == null) {
      Map<String, Object> both = problem.toJson();
      both.put("error", problem.detail());
      return new ErrorBody(problem.status(), MediaType.APPLICATION_PROBLEM_JSON, both);
    }
    return path.equals(INFERENCE) || path.startsWith(INFERENCE + "/")
        ? new ErrorBody(
            inferenceStatus(problem),
            MediaType.APPLICATION_JSON,
            Map.of("error", withPositions(problem)))
        : new ErrorBody(problem.status(), MediaType.APPLICATION_PROBLEM_JSON, problem.toJson());
  }

  /** There, the version is in the path, and what the path does not lead to is not found. */
  private static int inferenceStatus(Problem problem) {
    return problem.code().equals(ProblemType.VERSION_NOT_LIVE.code())
        ? HttpStatus.NOT_FOUND.value()
        : problem.status();
  }

  private static String withPositions(Problem problem) {
    List<String> untold = problem.errors().stream()
        .map(Violation::pointer)
        .filter(pointer -> !problem.detail().contains(pointer))
        .toList();
    return untold.isEmpty()
        ? problem.detail()
        : untold.stream().collect(Collectors.joining(", ", "", ": ")) + problem.detail();
  }
}
