package dev.losses.server.problem;

import dev.losses.api.LossException;
import dev.losses.engine.Violation;
import jakarta.servlet.ServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A problem document.
 *
 * @param status the HTTP status
 * @param code what kind of problem it is, for programs
 * @param title what kind of problem it is, for people
 * @param detail what happened this time
 * @param errors everything found wrong, with its position in the request
 * @param suggestions names the caller may have meant
 * @param instance under which the server has logged this occurrence, or null
 */
public record Problem(
    int status,
    String code,
    String title,
    String detail,
    List<Violation> errors,
    List<String> suggestions,
    @Nullable UUID instance) {

  private static final String NOTED = Problem.class.getName();
  private static final String TYPE_PREFIX = "urn:losses:problem:";

  /** A problem without a position. */
  public static Problem of(ProblemType type, String detail) {
    return of(type, detail, List.of());
  }

  /** A problem with positions. */
  public static Problem of(ProblemType type, String detail, List<Violation> errors) {
    return new Problem(type.status(), type.code(), type.title(), detail, errors, List.of(), null);
  }

  /** A problem that has no code of its own: its code is the name of its status. */
  public static Problem of(HttpStatus status, String detail) {
    String title = status.getReasonPhrase();
    String code = title.toLowerCase(Locale.ROOT).replace(' ', '-');
    return new Problem(status.value(), code, title, detail, List.of(), List.of(), null);
  }

  /** Notes what Tomcat is to tell, where it answers the request itself as its body could not be read. */
  public static void note(ServletRequest request, Problem problem) {
    request.setAttribute(NOTED, problem);
  }

  /** What to tell where Tomcat answers with this status by itself. */
  static Problem told(ServletRequest request, HttpStatus status) {
    if (request.getAttribute(NOTED) instanceof Problem noted && noted.status() == status.value()) {
      return noted;
    }
    return status == HttpStatus.REQUEST_TIMEOUT
        ? bodyTooSlow()
        : of(status, status.getReasonPhrase());
  }

  /** The words of the exception; {@link LossProblems} knows whether the caller may read them. */
  static Problem of(LossException e) {
    ProblemType type = ProblemType.of(e.code());
    return new Problem(
        type.status(),
        type.code(),
        type.title(),
        messageOf(e),
        e.violations(),
        e.suggestions(),
        null);
  }

  /** That the sender of a body keeps the server waiting. */
  public static Problem bodyTooSlow() {
    return of(
        ProblemType.BODY_TOO_SLOW,
        "The body comes too slowly for the server to wait for it; how fast it must come is set by "
            + "losses.http.min-rate and losses.http.grace.");
  }

  /** A failure of the server; the caller learns only the id to quote. */
  public static Problem internalError(UUID id) {
    ProblemType type = ProblemType.INTERNAL_ERROR;
    String detail = "Something went wrong in the server. Quote " + id
        + " to whoever runs it: its log has the cause.";
    return new Problem(type.status(), type.code(), type.title(), detail, List.of(), List.of(), id);
  }

  /** The same problem in other words. */
  public Problem withDetail(String words) {
    return new Problem(status, code, title, words, errors, suggestions, instance);
  }

  private static String messageOf(LossException e) {
    String message = e.getMessage();
    return message == null ? "" : message;
  }

  /** The document, ready to be written. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", TYPE_PREFIX + code);
    json.put("title", title);
    json.put("status", status);
    json.put("detail", detail);
    json.put("code", code);
    json.put(
        "errors",
        errors.stream()
            .map(error -> {
              Map<String, Object> item = new LinkedHashMap<>();
              item.put("pointer", error.pointer());
              item.put("detail", error.message());
              return item;
            })
            .toList());
    json.put("suggestions", suggestions);
    if (instance != null) {
      json.put("instance", "urn:uuid:" + instance);
    }
    return json;
  }
}
