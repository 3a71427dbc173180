package dev.losses.server.evaluate;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the current thread spends from a moment on. */
final class ThreadCost {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long UNKNOWN = -1;

  private final long cpuNanos = cpuNanos();
  private final long bytes = bytes();

  private ThreadCost() {}

  static ThreadCost begin() {
    return new ThreadCost();
  }

  /** The processor's time since; null where the JVM does not tell. */
  @Nullable
  Duration cpu() {
    long now = cpuNanos();
    return now == UNKNOWN ? null : Duration.ofNanos(now - cpuNanos);
  }

  /** The memory taken since; null where the JVM does not tell. */
  @Nullable
  Long allocatedBytes() {
    long now = bytes();
    return now == UNKNOWN ? null : now - bytes;
  }

  private static long cpuNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : UNKNOWN;
  }

  private static long bytes() {
    return THREADS instanceof com.sun.management.ThreadMXBean hotSpot
            && hotSpot.isThreadAllocatedMemorySupported()
        ? hotSpot.getCurrentThreadAllocatedBytes()
        : UNKNOWN;
  }
}
