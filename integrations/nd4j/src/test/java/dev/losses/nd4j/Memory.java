package dev.losses.nd4j;

import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/** What this process takes of memory. */
final class Memory {
  private static final int COLLECTIONS_IN_VAIN = 20;
  private static final long TOLERANCE = 1 << 17;

  private Memory() {}

  /** Physical memory of the whole process, native memory included, in bytes. */
  static long resident() {
    return Pointer.physicalBytes();
  }

  /** What is alive on the heap, in bytes, once ND4J has given up the arrays that nobody has any more. */
  static long heap() {
    long least = Long.MAX_VALUE;
    int inVain = 0;
    while (inVain < COLLECTIONS_IN_VAIN) {
      ManagementFactory.getMemoryMXBean().gc();
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      inVain = used < least - TOLERANCE ? 0 : inVain + 1;
      least = Math.min(least, used);
    }
    return least;
  }
}
