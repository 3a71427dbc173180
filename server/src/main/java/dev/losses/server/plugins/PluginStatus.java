package dev.losses.server.plugins;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.losses.server.plugins.gate.Identity;
import dev.losses.server.plugins.gate.Rejection;
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
 * @param leases how many calls may use it; absent unless it serves or drains
 * @param stage the stage that refused it; absent unless quarantined
 * @param reason why it is where it is, where there is more to say
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
    @Nullable Integer leases,
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
        null,
        since);
  }

  PluginStatus withLeases(int number) {
    return new PluginStatus(file, id, version, digest, state, losses, number, stage, reason, since);
  }

  /** The same version in another state. */
  PluginStatus now(PluginState newState, @Nullable String newReason, Instant newSince) {
    return new PluginStatus(
        file, id, version, digest, newState, losses, null, null, newReason, newSince);
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
        null,
        rejection.stage(),
        rejection.reason(),
        since);
  }
}
