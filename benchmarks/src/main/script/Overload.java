import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The overload of http.sh: first as many requests as the server answers when each caller waits for the answer before, then
 * four times that rate whether it answers or not. Every answer must be 200, or 503 with Retry-After.
 */
final class Overload {
  private static final int CALLERS = 16;
  private static final int FACTOR = 4;
  private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\",id=\"([^\"]+)\"\\} (\\S+)");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(30)).build();
  private final String server;
  private final HttpRequest request;

  private Overload(String server, String loss, Path body) throws IOException {
    this.server = server;
    this.request = HttpRequest.newBuilder(URI.create(server + "/v1/losses/" + loss + "/evaluate"))
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(60))
        .POST(HttpRequest.BodyPublishers.ofFile(body))
        .build();
  }

  public static void main(String[] arguments) throws Exception {
    Overload overload = new Overload(arguments[0], arguments[1], Path.of(arguments[2]));
    int seconds = Integer.parseInt(arguments[3]);
    overload.alone(5);
    Outcome alone = overload.alone(10);
    System.out.printf("overload: alone %s%n", alone);
    double heapBefore = overload.heap();
    Outcome overloaded = overload.offered(FACTOR * alone.rate(), seconds);
    System.out.printf("overload: %d x for %d s %s%n", FACTOR, seconds, overloaded);
    System.out.printf(
        "overload: admitted throughput %.2f of that alone; heap %.0f MB before, %.0f MB after%n",
        overloaded.rate() / alone.rate(), heapBefore / 1e6, overload.heap() / 1e6);
  }

  private record Outcome(double rate, double median, double p99, int refused) {
    @Override
    public String toString() {
      return "%.0f answers a second, median %.1f ms, 99th percentile %.1f ms, %d refused".formatted(rate, median, p99, refused);
    }
  }

  /** Each caller waits for its answer. */
  private Outcome alone(int seconds) throws Exception {
    Tally tally = new Tally();
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    CompletableFuture<?>[] callers = new CompletableFuture<?>[CALLERS];
    for (int i = 0; i < CALLERS; i++) {
      callers[i] = call(tally, end);
    }
    CompletableFuture.allOf(callers).join();
    return tally.outcome(seconds);
  }

  private CompletableFuture<Void> call(Tally tally, long end) {
    if (System.nanoTime() > end) {
      return CompletableFuture.completedFuture(null);
    }
    return send(tally).thenComposeAsync(nothing -> call(tally, end));
  }

  /** Requests come at a rate of their own; of those without an answer no more than a thousand. */
  private Outcome offered(double rate, int seconds) throws Exception {
    Tally tally = new Tally();
    Semaphore open = new Semaphore(1_000);
    long start = System.nanoTime();
    long count = (long) (rate * seconds);
    for (long i = 0; i < count && System.nanoTime() - start < seconds * 1e9; i++) {
      long due = start + (long) (i / rate * 1e9);
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      open.acquire();
      send(tally).whenComplete((nothing, failure) -> open.release());
    }
    double took = (System.nanoTime() - start) / 1e9;
    open.acquire(1_000);
    return tally.outcome(took);
  }

  private CompletableFuture<Void> send(Tally tally) {
    long sent = System.nanoTime();
    return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .thenAccept(answer -> tally.add(answer, System.nanoTime() - sent));
  }

  private double heap() throws Exception {
    Thread.sleep(2_000);
    String metrics = http.send(
            HttpRequest.newBuilder(URI.create(server + "/actuator/prometheus")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
    double used = 0;
    for (Matcher each = HEAP.matcher(metrics); each.find(); ) {
      used += Double.parseDouble(each.group(2));
    }
    return used;
  }

  /** What the answers were. */
  private static final class Tally {
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final ConcurrentHashMap<Integer, AtomicLong> times = new ConcurrentHashMap<>();

    void add(HttpResponse<Void> answer, long nanos) {
      if (answer.statusCode() == 200) {
        times.put(answered.getAndIncrement(), new AtomicLong(nanos));
      } else if (answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent()) {
        refused.incrementAndGet();
      } else {
        System.err.println("An answer was " + answer);
        System.exit(1);
      }
    }

    Outcome outcome(double seconds) {
      long[] sorted = times.values().stream().mapToLong(AtomicLong::get).sorted().toArray();
      return new Outcome(
          answered.get() / seconds,
          sorted[sorted.length / 2] / 1e6,
          sorted[(int) (sorted.length * 0.99)] / 1e6,
          refused.get());
    }
  }
}
