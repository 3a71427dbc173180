package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.losses.api.LossCatalog;
import dev.losses.server.plugins.gate.Identity;
import dev.losses.server.plugins.gate.LoadedPlugin;
import dev.losses.server.plugins.gate.Sighting;
import dev.losses.server.plugins.gate.StoredJar;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who gets a name that two want. */
class ClaimsTest {
  private final Slot one = new Slot("one.jar");
  private final Slot two = new Slot("two.jar");
  private final Claims claims = new Claims(List.of(), List.of(one, two));

  @Test
  void newcomersOfTwoScansThatSettleTogetherBothLoseTheName() {
    serve(one, attempt(one, 0, 30));
    Claims.Decision decision = claims.decide(two, attempt(two, 20, 60), List.of("huber"), false);
    assertThat(decision.contested()).isTrue();
    assertThat(decision.displaced()).containsExactly(one);
    assertThat(decision.reason()).startsWith("The name huber: one.jar claims it, too");
  }

  @Test
  void whichOfTheTwoIsCheckedFirstDoesNotMatter() {
    serve(two, attempt(two, 20, 60));
    Claims.Decision decision = claims.decide(one, attempt(one, 0, 30), List.of("huber"), false);
    assertThat(decision.contested()).isTrue();
    assertThat(decision.displaced()).containsExactly(two);
  }

  @Test
  void aNewcomerThatComesAfterTheOtherHasSettledDoesNotDisplaceIt() {
    serve(one, attempt(one, 0, 30));
    Claims.Decision decision = claims.decide(two, attempt(two, 31, 61), List.of("huber"), false);
    assertThat(decision.contested()).isFalse();
    assertThat(decision.displaced()).isEmpty();
    assertThat(decision.reason()).isEqualTo("The name huber: one.jar has it already");
  }

  private static Slot.Attempt attempt(Slot slot, long seen, long started) {
    FileTime never = FileTime.fromMillis(0);
    Sighting sighting = new Sighting(Path.of(slot.file), 1, never, never, "", null);
    return new Slot.Attempt(sighting, seen, started, Instant.now(), new CompletableFuture<>());
  }

  private static void serve(Slot slot, Slot.Attempt attempt) {
    Identity identity = Identity.ofFile(slot.file);
    LoadedPlugin plugin = new LoadedPlugin(
        identity,
        new StoredJar(identity, Path.of(slot.file), () -> {}),
        new URLClassLoader(new URL[0]),
        List.copyOf(LossCatalog.load().definitions()));
    ServingPlugin serving =
        new ServingPlugin(plugin, new IsolationProperties(Duration.ofSeconds(1), 1));
    slot.active = new Slot.Active(serving, attempt, false, Instant.now());
  }
}
