package dev.losses.server.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the server takes in, and how much of it at once.
 *
 * @param maxBodySize the largest body that is read, also when it is unpacked; a larger one is answered with 413
 * @param maxStreamSize the largest body that is computed as it comes, also when it is unpacked
 * @param queue how many requests may wait for their turn; more are answered with 503
 * @param maxWait how long a request waits for its turn before it is answered with 503
 * @param minRate how much a sender must deliver in a second on average, once the grace is over; a slower one is answered
 *     with 408
 * @param grace how long a sender may pause altogether before its rate counts
 * @param memory what the arrays of all requests together may take; by default 40 % of the heap
 */
@ConfigurationProperties("losses.http")
public record HttpProperties(
    @DefaultValue("64MB") DataSize maxBodySize,
    @DefaultValue("1TB") DataSize maxStreamSize,
    @DefaultValue("64") int queue,
    @DefaultValue("2s") Duration maxWait,
    @DefaultValue("16KB") DataSize minRate,
    @DefaultValue("10s") Duration grace,
    @Nullable DataSize memory) {

  /** @throws IllegalArgumentException when a number is out of range */
  public HttpProperties {
    if (queue < 0) {
      throw new IllegalArgumentException("losses.http.queue must not be below 0");
    }
    if (minRate.toBytes() < 1) {
      throw new IllegalArgumentException("losses.http.min-rate must be at least 1B");
    }
  }

  long arrayMemory() {
    return memory == null ? Runtime.getRuntime().maxMemory() / 10 * 4 : memory.toBytes();
  }
}
