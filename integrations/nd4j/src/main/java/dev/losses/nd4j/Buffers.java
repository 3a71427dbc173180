package dev.losses.nd4j;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays for the numbers of one call, used again by the next call on the thread where they have the same length: a training
 * asks for the same lengths at every step, and a new array costs more than filling it. Not thread-safe.
 */
final class Buffers implements AutoCloseable {
  /** Beyond so many numbers an array is not kept. */
  private static final int LONGEST_KEPT = 1 << 20;

  private static final int MOST_KEPT = 8;

  private static final ThreadLocal<List<Object>> KEPT = new ThreadLocal<>();

  private final List<Object> free;
  private final List<Object> used = new ArrayList<>();

  private Buffers(List<Object> free) {
    this.free = free;
  }

  /** Those of the thread, which a call within this one does not get. */
  static Buffers take() {
    List<Object> kept = KEPT.get();
    KEPT.remove();
    return new Buffers(kept == null ? new ArrayList<>() : kept);
  }

  /** A tensor that holds anything. */
  Tensor tensor(DType dtype, int... shape) {
    int size = Tensor.sizeOf(shape);
    if (dtype == DType.FLOAT32) {
      return Tensor.of((float[]) array(float[].class, size), shape);
    }
    return Tensor.of((double[]) array(double[].class, size), shape);
  }

  private Object array(Class<?> type, int size) {
    for (Object candidate : free) {
      if (type.isInstance(candidate) && Array.getLength(candidate) == size) {
        free.remove(candidate);
        used.add(candidate);
        return candidate;
      }
    }
    Object fresh = Array.newInstance(type.getComponentType(), size);
    used.add(fresh);
    return fresh;
  }

  /** Leaves the arrays to the next call, those of this one before older ones: scores need fewer than gradients do. */
  @Override
  public void close() {
    used.addAll(free);
    used.removeIf(array -> Array.getLength(array) > LONGEST_KEPT);
    KEPT.set(new ArrayList<>(used.subList(0, Math.min(used.size(), MOST_KEPT))));
  }
}
