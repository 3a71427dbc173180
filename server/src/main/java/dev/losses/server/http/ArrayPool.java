package dev.losses.server.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Large arrays that nobody uses any more, for requests of the same size to come: to fill a new array with zeros, and to have
 * it collected, takes as long as to compute with it. Thread-safe.
 */
final class ArrayPool {
  private static final int SMALLEST = 1 << 16;

  private final long mostBytes;
  /** The one given last at the head. */
  private final Deque<Object> arrays = new ArrayDeque<>();

  private long bytes;

  /** @param mostBytes what it keeps */
  ArrayPool(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  float @Nullable [] floats(int length) {
    return length < SMALLEST ? null : (float[]) take(float[].class, length);
  }

  double @Nullable [] doubles(int length) {
    return length < SMALLEST ? null : (double[]) take(double[].class, length);
  }

  private synchronized @Nullable Object take(Class<?> type, int length) {
    for (Iterator<Object> each = arrays.iterator(); each.hasNext(); ) {
      Object array = each.next();
      if (type.isInstance(array) && length(array) == length) {
        each.remove();
        bytes -= bytes(array);
        return array;
      }
    }
    return null;
  }

  /** Takes an array that nobody uses any more; the oldest have to go where it is too much. */
  synchronized void give(Object array) {
    if (length(array) < SMALLEST || bytes(array) > mostBytes) {
      return;
    }
    arrays.addFirst(array);
    bytes += bytes(array);
    while (bytes > mostBytes) {
      bytes -= bytes(arrays.removeLast());
    }
  }

  private static int length(Object array) {
    return array instanceof float[] floats ? floats.length : ((double[]) array).length;
  }

  private static long bytes(Object array) {
    return (long) length(array) * (array instanceof float[] ? Float.BYTES : Double.BYTES);
  }
}
