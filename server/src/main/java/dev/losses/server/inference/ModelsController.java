package dev.losses.server.inference;

import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.problem.LossProblems;
import dev.losses.server.problem.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Tells which models there are, and what each takes and gives. */
@RestController
@Hidden // openapi.json documents it.
class ModelsController {
  private final Catalog catalog;

  ModelsController(Catalog catalog) {
    this.catalog = catalog;
  }

  @GetMapping(
      path = {"/v2/models/{model}", "/v2/models/{model}/versions/{version}"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> metadata(
      @PathVariable String model, @PathVariable(required = false) @Nullable String version) {
    return of(model, version, ModelMetadata::of);
  }

  @GetMapping(
      path = {"/v2/models/{model}/ready", "/v2/models/{model}/versions/{version}/ready"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> ready(
      @PathVariable String model, @PathVariable(required = false) @Nullable String version) {
    return of(model, version, loss -> Map.of("name", loss.name(), "ready", true));
  }

  /** Every model in it is ready, so what the request says of that does not matter. */
  @RequestMapping(
      path = "/v2/repository/index",
      method = {RequestMethod.POST, RequestMethod.GET},
      produces = MediaType.APPLICATION_JSON_VALUE)
  List<Map<String, Object>> index() {
    try (Catalog.Lease lease = catalog.lease()) {
      return lease.losses().definitions().stream().map(ModelsController::entry).toList();
    }
  }

  private static Map<String, Object> entry(LossDefinition loss) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", loss.name());
    entry.put("version", loss.source().version());
    entry.put("state", "READY");
    entry.put("reason", "");
    return entry;
  }

  private <T> T of(String model, @Nullable String version, Function<LossDefinition, T> answer) {
    try (Catalog.Lease lease = catalog.lease()) {
      LossDefinition current = lease.losses().definition(model);
      if (version == null) {
        return answer.apply(current);
      }
      try (Catalog.Lease live = catalog
          .lease(current.name(), version)
          .orElseThrow(() -> new ProblemException(LossProblems.versionNotLive(current, version)))) {
        return answer.apply(live.losses().definition(model));
      }
    }
  }
}
