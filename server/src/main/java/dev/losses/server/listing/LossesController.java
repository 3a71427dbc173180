package dev.losses.server.listing;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
          found(lease.losses(), q).stream()
              .filter(definition -> family == null || definition.family().equals(family))
              .map(LossDescription::summary)
              .toList());
    }
  }

  @GetMapping(path = "/v1/losses/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> loss(@PathVariable String name) {
    try (Catalog.Lease lease = catalog.lease()) {
      LossDefinition definition = lease.losses().definition(name);
      // Its formula and its way of being computed are asked of the loss's own code.
      return lease.call(definition, () -> LossDescription.full(definition));
    }
  }

  private static Collection<LossDefinition> found(LossCatalog losses, @Nullable String text) {
    return text == null ? losses.definitions() : losses.search(text);
  }
}
