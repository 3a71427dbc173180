package dev.losses.server.http;

import dev.losses.server.codec.Allowance;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that the arrays of all requests together may take. Thread-safe. */
final class MemoryBudget {
  /** What lies in the pool comes on top of what requests have taken. */
  private static final int SHARE_OF_POOL = 8;

  private final long total;
  private final AtomicLong taken = new AtomicLong();
  private final ArrayPool pool;

  MemoryBudget(long total) {
    this.total = total;
    this.pool = new ArrayPool(total / SHARE_OF_POOL);
  }

  /** The share of a request that begins. */
  Share share() {
    return new Share();
  }

  /** What one request has taken, until it is closed. For one thread at a time. */
  final class Share implements Allowance, AutoCloseable {
    private final List<Object> arrays = new ArrayList<>(2);
    private long mine;
    private boolean released;

    /** @throws ProblemException when there is not so much left, or never is */
    @Override
    public void take(long bytes) {
      if (mine + bytes > total) {
        throw new ProblemException(Problem.of(
            ProblemType.BODY_TOO_LARGE,
            "The arrays of the request take more than the " + total
                + " bytes of memory that this server has for them; send them in parts."));
      }
      if (taken.addAndGet(bytes) > total) {
        taken.addAndGet(-bytes);
        throw Slots.busy();
      }
      mine += bytes;
    }

    @Override
    public float[] floats(int length) {
      take((long) length * Float.BYTES);
      float[] used = pool.floats(length);
      float[] array = used == null ? new float[length] : used;
      arrays.add(array);
      return array;
    }

    @Override
    public double[] doubles(int length) {
      take((long) length * Double.BYTES);
      double[] used = pool.doubles(length);
      double[] array = used == null ? new double[length] : used;
      arrays.add(array);
      return array;
    }

    /** Nobody but the request has its arrays: they may serve others once it is closed. */
    void release() {
      released = true;
    }

    @Override
    public void close() {
      taken.addAndGet(-mine);
      mine = 0;
      if (released) {
        arrays.forEach(pool::give);
      }
      arrays.clear();
    }
  }
}
