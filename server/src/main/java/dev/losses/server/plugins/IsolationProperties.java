package dev.losses.server.plugins;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one plugin may take of the server while it serves.
 *
 * @param deadline how long a call of a plugin's loss may take before its caller is answered with 504
 * @param concurrency how many calls of one plugin may be under way at once; more are answered with 503
 */
@ConfigurationProperties("losses.evaluation")
public record IsolationProperties(
    @DefaultValue("30s") Duration deadline,
    @DefaultValue("16") int concurrency) {

  /** @throws IllegalArgumentException when a value is not positive */
  public IsolationProperties {
    if (deadline.isZero() || deadline.isNegative()) {
      throw new IllegalArgumentException("losses.evaluation.deadline must be longer than 0");
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("losses.evaluation.concurrency must be at least 1");
    }
  }
}
