package dev.losses.server.listing;

import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the losses. */
@RestController
@Hidden // openapi.json documents it.
class LossesController {
  private final Catalog catalog;

  LossesController(Catalog catalog) {
    this.catalog = catalog;
  }

  @GetMapping(path = "/v1/losses", produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, List<Map<String, Object>>> losses(
      @RequestParam(required = false) @Nullable String family,
      @RequestParam(required = false) @Nullable String q) {
    try (Catalog.Lease lease = catalog.lease()) {
      return Map.of(
          "losses",
          lease.losses().definitions().stream()
              .filter(definition -> family == null || definition.family().equals(family))
              .filter(definition -> q == null || mentions(definition, q))
              .map(LossDescription::summary)
              .toList());
    }
  }

  @GetMapping(path = "/v1/losses/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> loss(@PathVariable String name) {
    try (Catalog.Lease lease = catalog.lease()) {
      return LossDescription.full(lease.losses().definition(name));
    }
  }

  private static boolean mentions(LossDefinition definition, String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return Stream.concat(definition.names().stream(), Stream.of(definition.description()))
        .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(wanted));
  }
}
