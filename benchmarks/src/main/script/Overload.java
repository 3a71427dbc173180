import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The overload of http.sh: as many requests as the server answers when each caller waits for the answer before, and four
 * times that rate whether it answers or not, in turn. Every answer must be 200, or 503 with Retry-After. On plain sockets,
 * so that the callers take as little of the machine as they can.
 * Usage: Overload warm-up|measure PORT PROCESS LOSS BODY SECONDS
 */
final class Overload {
  private static final int CALLERS_ALONE = 16;
  /** Of those without an answer there are no more. */
  private static final int CALLERS = 1_000;

  /** Of those that warm the server up, who do not wait between requests. */
  private static final int CALLERS_WITHOUT_PAUSE = 80;

  private static final int FACTOR = 4;
  private static final int ROUNDS = 5;

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  private final int port;
  private final long process;
  private final byte[] request;

  private Overload(int port, long process, String loss, Path body) throws IOException {
    this.port = port;
    this.process = process;
    byte[] content = Files.readAllBytes(body);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(("POST /v1/losses/" + loss + "/evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: " + content.length + "\r\n\r\n")
        .getBytes(ISO_8859_1));
    whole.writeBytes(content);
    this.request = whole.toByteArray();
  }

  public static void main(String[] arguments) throws Exception {
    Overload overload = new Overload(
        Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]), arguments[3], Path.of(arguments[4]));
    int seconds = Integer.parseInt(arguments[5]);
    if (seconds < 4 * ROUNDS) {
      throw new IllegalArgumentException("SECONDS must be at least " + 4 * ROUNDS);
    }
    if (arguments[0].equals("warm-up")) {
      overload.warmUp(seconds);
    } else {
      overload.measure(seconds);
    }
  }

  /** Refusals are compiled only when there were thousands, and only while the server has time for it. */
  private void warmUp(int seconds) throws InterruptedException {
    for (int round = 0; round < 2 * ROUNDS; round++) {
      load(CALLERS_WITHOUT_PAUSE, Double.POSITIVE_INFINITY, seconds / ROUNDS / 4);
      load(CALLERS_ALONE, Double.POSITIVE_INFINITY, seconds / ROUNDS / 4);
    }
  }

  /**
   * Each round of overload against the most that the server does alone, before it or after it. This process has to warm up,
   * too, before it measures.
   */
  private void measure(int seconds) throws IOException, InterruptedException {
    Outcome unmeasured = load(CALLERS_ALONE, Double.POSITIVE_INFINITY, seconds / ROUNDS / 2);
    load(CALLERS, FACTOR * unmeasured.answered(), seconds / ROUNDS / 2);
    Outcome before = load(CALLERS_ALONE, Double.POSITIVE_INFINITY, seconds / ROUNDS / 2);
    long heapBefore = heap();
    System.out.printf("overload: alone %s%n", before);
    double[] ratios = new double[ROUNDS];
    double[] slowdowns = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      Outcome overloaded = load(CALLERS, FACTOR * before.answered(), seconds / ROUNDS);
      Outcome after = load(CALLERS_ALONE, Double.POSITIVE_INFINITY, seconds / ROUNDS / 2);
      double alone = Math.max(before.answered(), after.answered());
      ratios[round] = overloaded.answered() / alone;
      slowdowns[round] = overloaded.median() / Math.min(before.median(), after.median());
      System.out.printf(
          "overload: %.1f x as many requests: %s%noverload: alone %s%n",
          (overloaded.answered() + overloaded.refused()) / alone, overloaded, after);
      before = after;
    }
    System.out.printf(
        "overload: admitted throughput of that alone: %s; time of an answer: %s; heap after a collection %d MB before and %d MB after%n",
        summary(ratios), summary(slowdowns), heapBefore >> 20, heap() >> 20);
  }

  private static String summary(double[] ratios) {
    Arrays.sort(ratios);
    return "%.2f (%.2f to %.2f)".formatted(ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
  }

  /** Answers and refusals a second, and how long the answers took. */
  private record Outcome(double answered, double refused, double median, double p99) {
    @Override
    public String toString() {
      return "%.0f answers and %.0f refusals a second, answers took %.1f ms, the 99th percentile %.1f ms"
          .formatted(answered, refused, median, p99);
    }
  }

  /** Requests come at a rate of their own, as long as there are callers for them. */
  private Outcome load(int callers, double rate, int seconds) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    AtomicLong number = new AtomicLong();
    List<Caller> all = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Caller caller = new Caller(() -> start + (long) (number.getAndIncrement() / rate * 1e9), start, end);
      all.add(caller);
      caller.start();
    }
    for (Caller each : all) {
      each.join();
    }
    double took = (System.nanoTime() - start) / 1e9;
    long[] times = all.stream().flatMapToLong(each -> each.times.stream().mapToLong(Long::longValue)).sorted().toArray();
    long refused = all.stream().mapToLong(each -> each.refused).sum();
    return new Outcome(
        times.length / took, refused / took, times[times.length / 2] / 1e6, times[(int) (times.length * 0.99)] / 1e6);
  }

  /** When the next request is due. */
  private interface Schedule {
    long next();
  }

  /** Sends one request after the other, on one connection as long as the server keeps it. */
  private final class Caller extends Thread {
    private final Schedule schedule;
    private final long start;
    private final long end;
    private final List<Long> times = new ArrayList<>();
    private long refused;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();

    /** @param start for which whatever is due is due at once */
    Caller(Schedule schedule, long start, long end) {
      this.schedule = schedule;
      this.start = start;
      this.end = end;
    }

    @Override
    public void run() {
      try {
        callWhenDue();
      } catch (IOException | RuntimeException e) {
        e.printStackTrace();
        System.exit(1);
      }
    }

    private void callWhenDue() throws IOException {
      for (long due = schedule.next(); due < end && System.nanoTime() < end; due = schedule.next()) {
        while (due - System.nanoTime() > 0) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        call(due == start ? System.nanoTime() : due);
      }
      socket.close();
    }

    /** @param due from when on its time counts */
    private void call(long due) throws IOException {
      if (!socket.isConnected() || socket.isClosed()) {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("localhost", port));
        in = new BufferedInputStream(socket.getInputStream());
      }
      socket.getOutputStream().write(request);
      String head = head();
      if (head.contains("Connection: close")) {
        in.readAllBytes();
        socket.close();
      } else {
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
          throw new IOException("An answer has no length: " + head);
        }
        in.skipNBytes(Long.parseLong(length.group(1)));
      }
      if (head.startsWith("HTTP/1.1 200")) {
        times.add(System.nanoTime() - due);
      } else if (head.startsWith("HTTP/1.1 503") && head.contains("Retry-After: ")) {
        refused++;
      } else {
        throw new IOException("An answer is " + head);
      }
    }

    /** To the empty line. */
    private String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
        int next = in.read();
        if (next < 0) {
          throw new SocketException("The connection ended in " + head);
        }
        head.append((char) next);
      }
      return head.toString();
    }
  }

  /** What the server holds after a collection. */
  private long heap() throws IOException, InterruptedException {
    if (new ProcessBuilder("jcmd", Long.toString(process), "GC.run").redirectErrorStream(true).start().waitFor() != 0) {
      throw new IOException("jcmd cannot make the server collect its garbage");
    }
    try (InputStream metrics = URI.create("http://localhost:" + port + "/actuator/prometheus").toURL().openStream()) {
      return new String(metrics.readAllBytes(), ISO_8859_1)
          .lines()
          .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }
}
