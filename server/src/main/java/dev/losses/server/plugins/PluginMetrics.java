package dev.losses.server.plugins;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** How many plugins there are in each state, and how many changes there were. */
final class PluginMetrics implements Consumer<PluginChange> {
  private final Map<PluginChange.Outcome, Counter> changes =
      new EnumMap<>(PluginChange.Outcome.class);

  PluginMetrics(PluginBoard board, MeterRegistry registry) {
    for (PluginState state : PluginState.values()) {
      Gauge.builder("losses.plugins", board, b -> b.count(state))
          .description("Versions of plugins by state")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Arrays.stream(PluginChange.Outcome.values())
        .forEach(outcome -> changes.put(
            outcome,
            Counter.builder("losses.plugin.changes")
                .description("Changes of the plugins by outcome")
                .tag("outcome", outcome.wireName())
                .register(registry)));
  }

  @Override
  public void accept(PluginChange change) {
    Counter counter = changes.get(change.outcome());
    if (counter != null) {
      counter.increment();
    }
  }
}
