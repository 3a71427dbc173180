package dev.losses.server.evaluate;

import dev.losses.server.exchange.Answer;
import dev.losses.server.formats.AnswerFormat;
import dev.losses.server.formats.MediaTypes;
import dev.losses.server.formats.RequestFormat;
import dev.losses.server.formats.RequestFormats;
import dev.losses.server.formats.StreamFormats;
import dev.losses.server.http.Frequent;
import dev.losses.server.http.RequestBodies;
import dev.losses.server.http.RequestBody;
import dev.losses.server.json.AnswerWriter;
import dev.losses.server.rows.StreamReading;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Evaluates one loss, or several on the same inputs. */
@RestController
@Hidden // The documentation has an operation for each loss instead.
class EvaluateController {
  private final RequestBodies bodies;
  private final Evaluations evaluations;
  private final Streams streams;

  EvaluateController(RequestBodies bodies, Evaluations evaluations, Streams streams) {
    this.bodies = bodies;
    this.evaluations = evaluations;
    this.streams = streams;
  }

  @Frequent
  @PostMapping(EvaluationPaths.EVALUATE)
  void evaluate(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException, HttpMediaTypeException {
    AnswerFormat answerFormat =
        AnswerFormat.accepted(request.getHeader(HttpHeaders.ACCEPT), AnswerFormat.ALL);
    String contentType = request.getContentType();
    RequestFormat format = RequestFormat.of(contentType, RequestFormat.ALL);
    StreamReading stream = StreamFormats.of(format, request);
    try (RequestBody body = stream == null
        ? bodies.open(request, RequestFormat.isPacked(contentType))
        : bodies.openStream(request)) {
      Answer answer = stream == null
          ? evaluations.one(name, body, RequestFormats.of(format, request))
          : streams.evaluate(name, body, stream);
      answerFormat.write(answer, response);
    }
  }

  /** In JSON alone, for each of its entries may be an error. */
  @PostMapping("/v1/evaluate")
  void evaluateSeveral(HttpServletRequest request, HttpServletResponse response)
      throws IOException, HttpMediaTypeException {
    AnswerFormat.accepted(request.getHeader(HttpHeaders.ACCEPT), Set.of(AnswerFormat.JSON));
    String contentType = request.getContentType();
    RequestFormat format = RequestFormat.of(contentType, RequestFormat.WHOLE);
    try (RequestBody body = bodies.open(request, RequestFormat.isPacked(contentType))) {
      Entries entries = evaluations.several(body, RequestFormats.of(format, request));
      response.setContentType(MediaTypes.JSON);
      try (AnswerWriter writer = new AnswerWriter(response.getOutputStream())) {
        entries.write(writer);
      }
    }
  }
}
