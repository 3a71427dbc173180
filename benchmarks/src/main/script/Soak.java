import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The load of soak.sh: every format in turn, bad requests and connections that break off among them. */
final class Soak {
  private static final String EVALUATE = "/v1/losses/mean_squared_error/evaluate";

  private record Call(String path, String contentType, Path body, String headerLength, int status) {}

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String host;
  private final int port;
  private final long process;
  private final List<Call> calls;

  private Soak(int port, long process, Path folder) throws IOException {
    this.host = "http://localhost:" + port;
    this.port = port;
    this.process = process;
    Path cut = folder.resolve("cut.body");
    byte[] form = Files.readAllBytes(folder.resolve("form.body"));
    Files.write(cut, java.util.Arrays.copyOf(form, form.length / 2));
    Path rows = folder.resolve("rows.body");
    Files.writeString(rows, "{\"y_true\":1,\"y_pred\":0.5}\n".repeat(20_000));
    String multipart = "multipart/form-data; boundary=------------------------d74496d66958873e";
    this.calls = List.of(
        call(EVALUATE, "application/json", folder.resolve("json-small.body"), 200),
        call(EVALUATE + "?gradient=true", "application/json", folder.resolve("json-medium.body"), 200),
        call(EVALUATE, multipart, folder.resolve("form.body"), 200),
        call(EVALUATE + "?gradient=true", "application/x-npz", folder.resolve("npz.body"), 200),
        infer("oip", folder),
        infer("oip-gradient", folder),
        call(EVALUATE, "application/x-ndjson", rows, 200),
        call(EVALUATE, multipart, cut, 400),
        call(EVALUATE, "application/json", cut, 400),
        call("/v1/losses/no_such_loss/evaluate", "application/json", folder.resolve("json-small.body"), 404));
  }

  private static Call call(String path, String contentType, Path body, int status) {
    return new Call(path, contentType, body, "", status);
  }

  private static Call infer(String name, Path folder) throws IOException {
    return new Call(
        "/v2/models/mean_squared_error/infer",
        "application/octet-stream",
        folder.resolve(name + ".body"),
        Files.readString(folder.resolve(name + ".header-length")),
        200);
  }

  public static void main(String[] arguments) throws Exception {
    Soak soak = new Soak(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]), Path.of(arguments[2]));
    double minutes = Double.parseDouble(arguments[3]);
    soak.run(Duration.ofSeconds((long) (minutes * 6)));
    soak.report("after a tenth");
    soak.run(Duration.ofSeconds((long) (minutes * 54)));
    soak.report("at the end");
  }

  private void run(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    long count = 0;
    while (System.nanoTime() < end) {
      for (Call call : calls) {
        send(call);
        count++;
      }
      breakOff();
    }
    System.out.println(count + " requests in " + time.toSeconds() + " s, each with the status expected");
  }

  private void send(Call call) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host + call.path))
        .header("Content-Type", call.contentType)
        .POST(HttpRequest.BodyPublishers.ofFile(call.body));
    if (!call.headerLength.isEmpty()) {
      request.header("Inference-Header-Content-Length", call.headerLength);
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != call.status) {
      throw new AssertionError(call + " gave " + answer.statusCode() + ": " + answer.body());
    }
  }

  private void breakOff() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      OutputStream out = socket.getOutputStream();
      out.write(("POST " + EVALUATE + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 100000\r\n\r\n{\"y_true\": [1, 2, ")
          .getBytes(US_ASCII));
    }
  }

  private void report(String when) throws Exception {
    for (int i = 0; i < 2; i++) {
      new ProcessBuilder("jcmd", Long.toString(process), "GC.run").redirectErrorStream(true).start().waitFor();
    }
    String metrics = http.send(
            HttpRequest.newBuilder(URI.create(host + "/actuator/prometheus")).build(), HttpResponse.BodyHandlers.ofString())
        .body();
    System.out.printf(
        "%s: heap %.0f MB, metaspace %.1f MB, threads %.0f, files %.0f%n",
        when,
        sum(metrics, "jvm_memory_used_bytes\\{area=\"heap\"[^}]*\\}") / 1e6,
        sum(metrics, "jvm_memory_used_bytes\\{area=\"nonheap\",id=\"Metaspace\"\\}") / 1e6,
        sum(metrics, "jvm_threads_live_threads"),
        sum(metrics, "process_files_open_files"));
  }

  private static double sum(String metrics, String name) {
    double sum = 0;
    for (Matcher each = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(metrics); each.find(); ) {
      sum += Double.parseDouble(each.group(1));
    }
    return sum;
  }
}
