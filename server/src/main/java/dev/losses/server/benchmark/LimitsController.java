package dev.losses.server.benchmark;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** What any endpoint of this server must do at least. With the profile {@code benchmark} only. */
@Hidden
@Profile("benchmark")
@RestController
class LimitsController {
  private static final String ANSWER = "{\"loss\":0.1225}";

  private final JsonFactory json =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  /** Reads the body and answers a constant. */
  @PostMapping(path = "/benchmark/read-body", produces = MediaType.APPLICATION_JSON_VALUE)
  String readBody(InputStream body) throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
    return ANSWER;
  }

  /** Parses the body's numbers and answers a constant. */
  @PostMapping(path = "/benchmark/parse-numbers", produces = MediaType.APPLICATION_JSON_VALUE)
  String parseNumbers(InputStream body) {
    double sum = 0;
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric()) {
          sum += parser.getDoubleValue();
        }
      }
    }
    return sum == Double.MIN_VALUE ? "" : ANSWER;
  }

  /** Reads the body and answers with its first bytes. */
  @PostMapping(path = "/benchmark/echo", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  void echo(@RequestParam int bytes, InputStream body, HttpServletResponse response)
      throws IOException {
    byte[] first = body.readNBytes(bytes);
    body.transferTo(OutputStream.nullOutputStream());
    response.setContentLength(first.length);
    response.getOutputStream().write(first);
  }
}
