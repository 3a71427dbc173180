package dev.losses.server.plugins;

import dev.losses.server.catalog.Catalog.Work;
import dev.losses.server.plugins.gate.DaemonThreads;
import dev.losses.server.plugins.gate.Identity;
import dev.losses.server.plugins.gate.Reasons;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Runs one plugin's code on threads of its own, so that a loss that never returns costs its callers a deadline and nobody
 * else anything. What the plugin leaves in a thread goes with the thread, when the plugin is closed.
 *
 * <p>After several calls that overran their deadline, callers are refused at once for a while. A loss that throws is not
 * shut: it may be right to, on one caller's data.
 */
final class Isolation implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Isolation.class);

  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final CircuitBreakerConfig BREAKER = CircuitBreakerConfig.custom()
      .slidingWindowSize(10)
      .minimumNumberOfCalls(3)
      .failureRateThreshold(50)
      .recordException(failure -> failure instanceof Overrun)
      // What was not begun tells nothing.
      .ignoreExceptions(Busy.class)
      .waitDurationInOpenState(Duration.ofSeconds(30))
      .permittedNumberOfCallsInHalfOpenState(1)
      .build();

  private final String plugin;
  private final IsolationProperties properties;
  private final ThreadPoolExecutor threads;
  private final CircuitBreaker breaker;

  Isolation(Identity identity, ClassLoader code, IsolationProperties properties) {
    this.plugin = identity.id();
    this.properties = properties;
    this.breaker = CircuitBreaker.of(plugin, BREAKER);
    this.threads = new ThreadPoolExecutor(
        0,
        properties.concurrency(),
        IDLE.toNanos(),
        TimeUnit.NANOSECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = DaemonThreads.named("losses-calls-" + identity.file()).newThread(task);
          thread.setContextClassLoader(code);
          return thread;
        });
  }

  /**
   * Runs the work, and then, whenever it ends, {@code ended}.
   *
   * @throws ProblemException when it takes too long, or is not begun because too much of the plugin's work is under way or
   *     took too long
   */
  <T> T call(Work<T> work, Runnable ended) {
    Running<T> running = new Running<>(work, ended);
    try {
      return breaker.executeCheckedSupplier(() -> await(running));
    } catch (CallNotPermittedException e) {
      running.giveUp();
      throw problem(
          ProblemType.PLUGIN_SUSPENDED,
          "is suspended, for calls of it did not end within " + seconds(properties.deadline())
              + "; try again in half a minute");
    } catch (Busy e) {
      throw problem(
          ProblemType.PLUGIN_BUSY,
          "has " + properties.concurrency() + " calls under way, as many as it may; try again");
    } catch (Overrun e) {
      throw problem(
          ProblemType.EVALUATION_DEADLINE,
          "did not answer within " + seconds(properties.deadline())
              + "; send less at once, or have losses.evaluation.deadline set higher");
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      // Of an error of the plugin's code, out of memory too, the text alone leaves its thread.
      log.warn("The plugin {} failed: {}", plugin, Reasons.of(e));
      throw problem(ProblemType.PLUGIN_FAILURE, "failed; the server's log has the reason");
    }
  }

  private <T> T await(Running<T> running) throws Throwable {
    Future<T> answer;
    try {
      answer = threads.submit(running::run);
    } catch (RejectedExecutionException e) {
      running.giveUp();
      throw threads.isShutdown() ? stopping() : new Busy();
    } catch (RuntimeException | Error e) {
      running.giveUp(); // No thread can be made.
      throw e;
    }
    try {
      return answer.get(properties.deadline().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    } catch (TimeoutException e) {
      answer.cancel(true);
      running.giveUp();
      throw new Overrun();
    } catch (InterruptedException e) {
      answer.cancel(true);
      running.giveUp();
      Thread.currentThread().interrupt();
      throw stopping();
    }
  }

  private ProblemException problem(ProblemType type, String what) {
    return new ProblemException(Problem.of(type, "The plugin " + plugin + " " + what + "."));
  }

  private static ProblemException stopping() {
    return new ProblemException(
        Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The server is stopping."));
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  /** Interrupts what still runs; its threads end as soon as the plugin's code lets them. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** Work that ends once, whether it was begun or not. */
  private static final class Running<T> {
    /** Let go of when it begins: what it knows of its caller must not live as long as it runs. */
    private final AtomicReference<@Nullable Work<T>> work;

    private final Runnable ended;

    Running(Work<T> work, Runnable ended) {
      this.work = new AtomicReference<>(work);
      this.ended = ended;
    }

    T run() {
      Work<T> begun = work.getAndSet(null);
      if (begun == null) {
        throw new CancellationException();
      }
      try {
        return begun.run();
      } finally {
        ended.run();
      }
    }

    /** Does not begin it, if it has not begun. */
    void giveUp() {
      if (work.getAndSet(null) != null) {
        ended.run();
      }
    }
  }

  /** A call found no thread. */
  private static final class Busy extends Exception {
    private static final long serialVersionUID = 1L;

    Busy() {
      super(null, null, false, false);
    }
  }

  /** A call took too long. */
  private static final class Overrun extends Exception {
    private static final long serialVersionUID = 1L;

    Overrun() {
      super(null, null, false, false);
    }
  }
}
