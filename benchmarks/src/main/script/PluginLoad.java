import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The load of plugins.sh: requests at a fixed rate, each timed from when it was due. */
final class PluginLoad {
  private static final int RATE = 500;
  private static final Duration PHASE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_REPLACEMENTS = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest request;
  private final Path plugin;
  private final Path folder;
  private int version;
  private double longestChange;

  private PluginLoad(String server, Path plugin, Path folder) {
    this.plugin = plugin;
    this.folder = folder;
    this.request = HttpRequest.newBuilder(URI.create(server + "/v1/losses/my_huber/evaluate"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"y_true\": [0, 0], \"y_pred\": [1, 3], \"gradient\": true}"))
        .build();
  }

  public static void main(String[] arguments) throws Exception {
    PluginLoad load =
        new PluginLoad(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]));
    load.replace();
    load.phase(true);
    load.phase(false);
    for (int round = 0; round < Integer.parseInt(arguments[3]); round++) {
      double alone = load.phase(false);
      double replaced = load.phase(true);
      System.out.printf("p99 alone %.2f ms, while replaced %.2f ms, ratio %.2f%n", alone, replaced, replaced / alone);
    }
    System.out.printf("%d versions, longest change %.2f s, no failure%n", load.version, load.longestChange);
  }

  /** The 99th percentile in milliseconds; fails when a request does. */
  private double phase(boolean replacing) throws Exception {
    int count = (int) (RATE * PHASE.toSeconds());
    double[] millis = new double[count];
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    Thread replacer = new Thread(this::replaceAgainAndAgain);
    if (replacing) {
      replacer.start();
    }
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + i * 1_000_000_000L / RATE;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      int index = i;
      answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenAccept(answer -> {
        millis[index] = (System.nanoTime() - due) / 1e6;
        if (answer.statusCode() != 200) {
          throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
      }));
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    replacer.interrupt();
    replacer.join();
    Arrays.sort(millis);
    return millis[count * 99 / 100];
  }

  private void replaceAgainAndAgain() {
    try {
      while (true) {
        Thread.sleep(BETWEEN_REPLACEMENTS.toMillis());
        replace();
      }
    } catch (InterruptedException end) {
      // The phase is over.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts the next version there and waits until it answers. */
  private void replace() throws IOException, InterruptedException {
    version++;
    Path part = folder.resolve(".part");
    write(part);
    Files.move(part, folder.resolve("my-huber.jar"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    long copied = System.nanoTime();
    String wanted = "\"version\":\"" + version + "\"";
    while (!http.send(request, HttpResponse.BodyHandlers.ofString()).body().replace(" ", "").contains(wanted)) {
      Thread.sleep(20);
    }
    longestChange = Math.max(longestChange, (System.nanoTime() - copied) / 1e9);
  }

  private void write(Path to) throws IOException {
    try (JarFile jar = new JarFile(plugin.toFile());
        OutputStream file = Files.newOutputStream(to)) {
      Manifest manifest = jar.getManifest();
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "" + version);
      try (JarOutputStream out = new JarOutputStream(file, manifest)) {
        for (JarEntry entry : Collections.list(jar.entries())) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            try (InputStream in = jar.getInputStream(entry)) {
              in.transferTo(out);
            }
            out.closeEntry();
          }
        }
      }
    }
  }
}
