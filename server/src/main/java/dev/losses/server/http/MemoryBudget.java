package dev.losses.server.http;

import dev.losses.server.codec.Allowance;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that the arrays of all requests together may take. Thread-safe. */
final class MemoryBudget {
  private final long total;
  private final AtomicLong taken = new AtomicLong();

  MemoryBudget(long total) {
    this.total = total;
  }

  /** The share of a request that begins. */
  Share share() {
    return new Share();
  }

  /** What one request has taken, until it is closed. For one thread at a time. */
  final class Share implements Allowance, AutoCloseable {
    private long mine;

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
    public void close() {
      taken.addAndGet(-mine);
      mine = 0;
    }
  }
}
