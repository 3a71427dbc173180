package dev.losses.server.plugins;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one version of a plugin; a file being replaced has two.
 *
 * @param file the bare name
 * @param id the plugin's name
 * @param version its version; absent until known
 * @param digest {@code sha256:} and the hash of its bytes; absent until known
 * @param state where it stands
 * @param losses the names of its losses; empty until known
 * @param stage the stage that refused it; absent unless quarantined
 * @param reason why; absent unless quarantined
 * @param since when it came to this state
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PluginStatus(
    String file,
    String id,
    @Nullable String version,
    @Nullable String digest,
    PluginState state,
    List<String> losses,
    @Nullable String stage,
    @Nullable String reason,
    Instant since) {

  static PluginStatus of(PluginState state, Identity identity, List<String> losses, Instant since) {
    return new PluginStatus(
        identity.file(),
        identity.id(),
        identity.version(),
        identity.digest(),
        state,
        losses,
        null,
        null,
        since);
  }

  static PluginStatus quarantined(Rejection rejection, Instant since) {
    Identity identity = rejection.identity();
    return new PluginStatus(
        identity.file(),
        identity.id(),
        identity.version(),
        identity.digest(),
        PluginState.QUARANTINED,
        rejection.losses(),
        rejection.stage(),
        rejection.reason(),
        since);
  }
}
