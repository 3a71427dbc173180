package dev.losses.server.plugins;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/plugins}. */
@RestController
@Hidden // openapi.json documents it.
class PluginController {
  private final PluginBoard board;

  PluginController(PluginBoard board) {
    this.board = board;
  }

  @GetMapping(path = "/v1/plugins", produces = MediaType.APPLICATION_JSON_VALUE)
  PluginList plugins() {
    return new PluginList(board.plugins());
  }
}
