package dev.losses.server.problem;

import dev.losses.api.LossException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Turns every exception but those that {@link ProblemResolver} answers, the framework's included, into a problem document,
 * or what the path has for one.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private final HttpServletRequest current;

  /** @param current stands for the request that is being answered, whichever that is */
  ProblemAdvice(HttpServletRequest current) {
    this.current = current;
  }

  @ExceptionHandler
  ResponseEntity<Object> refused(LossException e) {
    return answer(LossProblems.of(e), HttpHeaders.EMPTY);
  }

  /** Tomcat throws it at whoever first asks for a query parameter. */
  @ExceptionHandler
  ResponseEntity<Object> refused(InvalidParameterException e) {
    return answer(
        Problem.of(HttpStatus.BAD_REQUEST, "The query is not valid UTF-8 with % escapes."),
        HttpHeaders.EMPTY);
  }

  /** Reading a body reports its own failures; what is left are callers who went away before their answer. */
  @ExceptionHandler({IOException.class, JacksonIOException.class})
  void callerIsGone(Throwable e) {
    log.debug("The caller went away", e);
  }

  @ExceptionHandler
  @Nullable
  ResponseEntity<Object> failed(Throwable e, WebRequest request) {
    if (isAbort(e)) {
      callerIsGone(e);
      return null;
    }
    UUID id = UUID.randomUUID();
    log.error("Request failed, id {}", id, e);
    boolean tooLate = request instanceof ServletWebRequest servlet
        && servlet.getResponse() != null
        && servlet.getResponse().isCommitted();
    return tooLate ? null : answer(Problem.internalError(id), HttpHeaders.EMPTY);
  }

  private static boolean isAbort(Throwable e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof ClientAbortException) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode statusCode,
      WebRequest request) {
    HttpStatus status = HttpStatus.resolve(statusCode.value());
    if (status == null || status.is5xxServerError()) {
      return failed(e, request);
    }
    return answer(Problem.of(status, detail(e, status)), headers);
  }

  private static String detail(Exception e, HttpStatus status) {
    if (e instanceof NoResourceFoundException) {
      return "There is nothing here. The losses are at /v1/losses, the models at /v2/repository/index, "
          + "the documentation at /swagger-ui.html.";
    }
    if (e instanceof HttpMediaTypeNotSupportedException unsupported) {
      MediaType type = unsupported.getContentType();
      return (type == null ? "The request has no Content-Type" : "The Content-Type is " + type)
          + "; send " + words(unsupported.getSupportedMediaTypes()) + ".";
    }
    if (e instanceof HttpMediaTypeNotAcceptableException unacceptable) {
      return "The answer is " + words(unacceptable.getSupportedMediaTypes())
          + "; the Accept header excludes that.";
    }
    if (e instanceof org.springframework.web.ErrorResponse response) {
      return Objects.requireNonNullElse(response.getBody().getDetail(), status.getReasonPhrase());
    }
    return status.getReasonPhrase();
  }

  private static String words(List<MediaType> types) {
    return types.isEmpty()
        ? MediaType.APPLICATION_JSON_VALUE
        : types.stream().map(MediaType::toString).collect(Collectors.joining(" or "));
  }

  private ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
    ErrorBody body = ErrorBody.of(problem, current.getServletPath());
    return ResponseEntity.status(body.status())
        .headers(headers)
        .contentType(body.type())
        .body(body.json());
  }
}
