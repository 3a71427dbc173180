package dev.losses.server.verify;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.server.plugins.gate.Gate;
import dev.losses.server.plugins.gate.Identity;
import dev.losses.server.plugins.gate.JarCache;
import dev.losses.server.plugins.gate.LoadedPlugin;
import dev.losses.server.plugins.gate.Rejection;
import dev.losses.server.plugins.gate.Sighting;
import dev.losses.server.plugins.gate.Trust;
import dev.losses.server.plugins.gate.Verdict;
import dev.losses.spi.Input;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code java -jar losses-server.jar verify my.jar}: says whether the server would serve a jar, and if not, why. */
public final class VerifyCommand {
  /** What the first argument is called. */
  public static final String NAME = "verify";

  private static final int SERVED = 0;
  private static final int REFUSED = 1;
  private static final int MISUSED = 2;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final PrintStream out;
  private final Set<String> builtIn;

  /** A command that reports there. */
  public VerifyCommand(PrintStream out) {
    this.out = out;
    this.builtIn = LossCatalog.load().definitions().stream()
        .flatMap(loss -> loss.names().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Verifies these jars.
   *
   * @return the exit code: 0 when all would be served, 1 when one would not, 2 when there is none to verify
   */
  public int run(List<String> jars) {
    if (jars.isEmpty() || jars.get(0).startsWith("-")) {
      out.println("Usage: java -jar losses-server.jar verify JAR...");
      return MISUSED;
    }
    Thread exitByThePlugin = new Thread(this::refuseExit, "losses-verify-exit");
    Runtime.getRuntime().addShutdownHook(exitByThePlugin);
    try {
      int worst = SERVED;
      for (String jar : jars) {
        worst = Math.max(worst, verify(Path.of(jar)));
      }
      return worst;
    } finally {
      Runtime.getRuntime().removeShutdownHook(exitByThePlugin);
    }
  }

  /** Runs when the process ends before the verdict. Its exit code would be the plugin's choice, as after {@code halt} it is. */
  private void refuseExit() {
    line("REFUSED", "the process was ended before the verdict: by its code, unless by you");
    out.flush();
    Runtime.getRuntime().halt(REFUSED);
  }

  private int verify(Path jar) {
    out.println(jar);
    try (Gate gate = new Gate(JarCache.in(null, jar), jar, Trust.open(), DEADLINE)) {
      Verdict<LoadedPlugin> verdict = gate.examine(Sighting.of(jar));
      if (verdict instanceof Verdict.Admitted<LoadedPlugin> admitted) {
        try (LoadedPlugin plugin = admitted.value()) {
          return report(plugin);
        }
      }
      return report(((Verdict.Rejected<LoadedPlugin>) verdict).rejection());
    } catch (NoSuchFileException e) {
      out.println("  There is no such file.");
      return MISUSED;
    } catch (IOException e) {
      out.println("  No temporary directory can be made for the copy: " + e.getMessage());
      return MISUSED;
    }
  }

  private int report(LoadedPlugin plugin) {
    report(plugin.identity());
    line("passed", String.join(", ", Gate.STAGES));
    plugin.definitions().forEach(loss -> line("loss", describe(loss)));
    List<String> taken = plugin.names().stream().filter(builtIn::contains).toList();
    if (!taken.isEmpty()) {
      line("REFUSED", "there are built-in losses named " + String.join(", ", taken));
      return REFUSED;
    }
    line("OK", "the server would serve it");
    return SERVED;
  }

  private int report(Rejection rejection) {
    report(rejection.identity());
    List<String> passed = Gate.STAGES.subList(0, Gate.STAGES.indexOf(rejection.stage()));
    line("passed", passed.isEmpty() ? "nothing" : String.join(", ", passed));
    line("REFUSED", "at the stage " + rejection.stage() + ". " + rejection.reason());
    return REFUSED;
  }

  private void report(Identity identity) {
    line(
        "plugin",
        identity.version() == null ? identity.id() : identity.id() + " " + identity.version());
    if (identity.digest() != null) {
      line("digest", identity.digest());
    }
  }

  private static String describe(LossDefinition loss) {
    Stream<String> inputs = loss.inputs().stream().map(Input::name);
    Stream<String> parameters = loss.parameters().parameters().stream()
        .map(parameter -> parameter.name() + "=" + parameter.defaultValue());
    return Stream.concat(inputs, parameters)
        .collect(Collectors.joining(", ", loss.name() + "(", ")"));
  }

  private void line(String what, String text) {
    out.printf("  %-8s %s%n", what, text);
  }
}
