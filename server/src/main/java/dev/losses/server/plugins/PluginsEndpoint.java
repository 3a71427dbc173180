package dev.losses.server.plugins;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/plugins}, for those who run the server. */
@Endpoint(id = "plugins")
class PluginsEndpoint {
  private final PluginBoard board;

  PluginsEndpoint(PluginBoard board) {
    this.board = board;
  }

  @ReadOperation
  PluginList plugins() {
    return new PluginList(board.plugins());
  }
}
