package dev.losses.server.plugins;

import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/plugins}: where the plugins stand, for all; what changes that, for those who have the key. */
@RestController
@RequestMapping(path = "/v1/plugins", produces = MediaType.APPLICATION_JSON_VALUE)
@Hidden // openapi.json documents it.
class PluginController {
  private final PluginBoard board;
  private final PluginHost host;
  private final AdminKey admin;

  PluginController(PluginBoard board, PluginHost host, AdminKey admin) {
    this.board = board;
    this.host = host;
    this.admin = admin;
  }

  @GetMapping
  PluginList plugins() {
    return new PluginList(board.plugins());
  }

  @PostMapping("/rescan")
  PluginList rescan(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable
          String authorization) {
    admin.check(authorization);
    host.rescan();
    return plugins();
  }

  @PostMapping("/{id}/rollback")
  PluginList rollBack(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable
          String authorization) {
    admin.check(authorization);
    try {
      host.rollBack(id).join();
    } catch (CancellationException e) {
      throw new ProblemException(
          Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The server is stopping."));
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException refusal ? refusal : e;
    }
    return plugins();
  }
}
