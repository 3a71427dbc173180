package dev.losses.server.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The problem document for whatever fails outside of the controllers. */
@RestController
class ErrorPage implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<Map<String, Object>> error(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status =
        code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
    HttpStatus known = Objects.requireNonNullElse(status, HttpStatus.INTERNAL_SERVER_ERROR);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    ErrorBody body =
        ErrorBody.of(Problem.told(request, known), path == null ? "" : path.toString());
    return ResponseEntity.status(body.status()).contentType(body.type()).body(body.json());
  }
}
