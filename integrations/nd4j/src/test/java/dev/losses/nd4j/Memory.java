package dev.losses.nd4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process takes of memory. */
final class Memory {
  private static final long PAGE = 4096;

  private Memory() {}

  /** Physical memory of the whole process, native memory included, in bytes. */
  static long resident() {
    try {
      List<String> pages =
          List.of(Files.readString(Path.of("/proc/self/statm")).trim().split(" +", -1));
      return Long.parseLong(pages.get(1)) * PAGE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is alive on the heap, in bytes. */
  static long heap() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
