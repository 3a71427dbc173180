package dev.losses.server.benchmark;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The limit of any endpoint: reads the body and answers a constant. With the profile {@code benchmark} only. */
@Hidden
@Profile("benchmark")
@RestController
class ReadBodyController {

  @PostMapping(path = "/benchmark/read-body", produces = MediaType.APPLICATION_JSON_VALUE)
  String readBody(InputStream body) throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
    return "{\"loss\":0.1225}";
  }
}
