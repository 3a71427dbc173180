package dev.losses.server.plugins;

import dev.losses.api.EvaluationListener;
import dev.losses.api.LossCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the plugin folder together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  PluginProperties.class,
  IsolationProperties.class,
  AdminProperties.class
})
class PluginConfiguration {

  @Bean
  PluginBoard pluginBoard() {
    return new PluginBoard();
  }

  @Bean
  PluginMetrics pluginMetrics(PluginBoard board, MeterRegistry registry) {
    return new PluginMetrics(board, registry);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  PluginHost pluginHost(
      PluginProperties properties,
      IsolationProperties isolation,
      ObjectProvider<EvaluationListener> listener,
      PluginBoard board,
      PluginMetrics metrics)
      throws IOException {
    EvaluationListener evaluations = listener.getIfAvailable(() -> evaluation -> {});
    return new PluginHost(
        properties,
        isolation,
        LossCatalog.load().definitions(),
        evaluations,
        board,
        new ChangeLog().andThen(metrics));
  }

  @Bean
  HealthIndicator pluginsHealthIndicator(PluginBoard board, PluginHost host) {
    return new PluginHealth(board, host::hearsEvents);
  }

  @Bean
  PluginsEndpoint pluginsEndpoint(PluginBoard board) {
    return new PluginsEndpoint(board);
  }
}
