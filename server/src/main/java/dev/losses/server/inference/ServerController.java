package dev.losses.server.inference;

import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells what this server is, and whether it serves. */
@RestController
@Hidden // openapi.json documents it.
class ServerController {
  private final ApplicationAvailability availability;
  private final String version;

  ServerController(ApplicationAvailability availability, ObjectProvider<BuildProperties> build) {
    this.availability = availability;
    BuildProperties properties = build.getIfAvailable();
    String built = properties == null ? null : properties.getVersion();
    this.version = built == null ? "development" : built;
  }

  @GetMapping(
      path = {"/v2", "/v2/"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> metadata() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "losses");
    json.put("version", version);
    json.put("extensions", List.of("binary_tensor_data", "model_repository"));
    return json;
  }

  @GetMapping(path = "/v2/health/live", produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> live() {
    if (availability.getLivenessState() != LivenessState.CORRECT) {
      throw no("The server is not live.");
    }
    return Map.of("live", true);
  }

  /** The specification calls the answer's field live, too; clients look for ready. */
  @GetMapping(path = "/v2/health/ready", produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> ready() {
    if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
      throw no("The server is not ready.");
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("live", true);
    json.put("ready", true);
    return json;
  }

  private static ProblemException no(String detail) {
    return new ProblemException(Problem.of(HttpStatus.BAD_REQUEST, detail));
  }
}
