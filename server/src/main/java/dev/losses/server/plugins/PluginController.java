package dev.losses.server.plugins;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/plugins}. */
@RestController
@Tag(name = "plugins", description = "The jars in the plugin folder")
class PluginController {
  private final PluginBoard board;

  PluginController(PluginBoard board) {
    this.board = board;
  }

  @Operation(
      summary = "Lists the plugins",
      description =
          "Every version of every jar in the plugin folder, and why it is not served if it is not.")
  @GetMapping("/v1/plugins")
  PluginList plugins() {
    return new PluginList(board.plugins());
  }
}
