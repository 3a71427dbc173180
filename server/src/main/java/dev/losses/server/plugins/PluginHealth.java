package dev.losses.server.plugins;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Tells of the plugins; a bad jar does not make the server unhealthy, for all others go on serving. */
final class PluginHealth implements HealthIndicator {
  private final PluginBoard board;
  private final BooleanSupplier hearsEvents;

  PluginHealth(PluginBoard board, BooleanSupplier hearsEvents) {
    this.board = board;
    this.hearsEvents = hearsEvents;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    Arrays.stream(PluginState.values())
        .forEach(
            state -> health.withDetail(state.name().toLowerCase(Locale.ROOT), board.count(state)));
    return health
        .withDetail("folder", hearsEvents.getAsBoolean() ? "events and polling" : "polling")
        .build();
  }
}
