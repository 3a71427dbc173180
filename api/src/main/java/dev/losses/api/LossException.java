package dev.losses.api;

import dev.losses.engine.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** The one exception of this API. It holds text only, never an exception of a loss's own class. */
public final class LossException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final LossErrorCode code;
  private final transient List<Violation> violations;
  private final transient List<String> suggestions;

  private LossException(
      LossErrorCode code, String message, List<Violation> violations, List<String> suggestions) {
    super(message);
    this.code = code;
    this.violations = List.copyOf(violations);
    this.suggestions = List.copyOf(suggestions);
  }

  /** A failure without a position. */
  public static LossException of(LossErrorCode code, String message) {
    return new LossException(code, message, List.of(), List.of());
  }

  /** No loss of that name; the suggestions are names near to it. */
  public static LossException unknownLoss(String name, List<String> suggestions) {
    String hint =
        suggestions.isEmpty() ? "" : " Did you mean " + String.join(" or ", suggestions) + "?";
    return new LossException(
        LossErrorCode.UNKNOWN_LOSS,
        "There is no loss '" + name + "'." + hint,
        List.of(),
        suggestions);
  }

  /** Everything that is wrong with the caller's data. */
  public static LossException violations(LossErrorCode code, List<Violation> violations) {
    String message = violations.stream()
        .map(v -> v.pointer() + ": " + v.message())
        .collect(Collectors.joining("; "));
    return new LossException(code, message, violations, List.of());
  }

  /** What kind of failure it is. */
  public LossErrorCode code() {
    return code;
  }

  /** Everything found wrong, with its position; empty where the failure has none. */
  public List<Violation> violations() {
    return violations;
  }

  /** Names the caller may have meant. */
  public List<String> suggestions() {
    return suggestions;
  }
}
