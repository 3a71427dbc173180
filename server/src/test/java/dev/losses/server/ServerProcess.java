package dev.losses.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's jar in a process of its own. */
record ServerProcess(Process process, int port) implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

  /**
   * Starts it.
   *
   * @param folder for its plugins
   */
  static ServerProcess start(Path folder, String... jvmArguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvmArguments));
    command.addAll(List.of(
        "--add-modules",
        "jdk.incubator.vector",
        "-jar",
        "target/losses-server.jar",
        "--server.port=0",
        "--losses.plugins.directory=" + folder.resolve("plugins")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader log = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        Thread drain = new Thread(() -> log.lines().forEach(rest -> {}), "server-log");
        drain.setDaemon(true);
        drain.start();
        return new ServerProcess(process, Integer.parseInt(started.group(1)));
      }
    }
    throw new AssertionError("The server did not start");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
