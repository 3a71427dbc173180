package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the code of a removed plugin leaves memory, and what holds it if not. */
@Tag("every-jdk")
class LeaksTest {
  private static final String FILE = "leaky.jar";

  @TempDir
  Path folder;

  @Test
  void theCodeOfAPluginThatLeavesNothingBehindIsCollected() {
    assertThat(afterRemoval("", "").state()).isEqualTo(PluginState.COLLECTED);
  }

  @Test
  void whatItLeavesInTheThreadsItIsCalledOnGoesWithThem() {
    PluginStatus status = afterRemoval(
        "static final ThreadLocal<Object> KEPT = new ThreadLocal<>();", "KEPT.set(new Leaky());");
    assertThat(status.state()).isEqualTo(PluginState.COLLECTED);
  }

  @Test
  void aThreadThatGoesOnIsNamed() {
    assertLeaked(starting("""
            Thread thread = new Thread(() -> {
              try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) { }
            }, "acme-thread");
            thread.setDaemon(true);
            thread.start();
            """), "thread 'acme-thread'");
  }

  @Test
  void aTimerIsNamed() {
    assertLeaked(
        "static final java.util.Timer TIMER = new java.util.Timer(\"acme-timer\", true);",
        "thread 'acme-timer'");
  }

  @Test
  void aShutdownHookIsNamed() {
    assertLeaked(
        starting("Runtime.getRuntime().addShutdownHook(new Thread(() -> { }, \"acme-hook\"));"),
        "shutdown hook 'acme-hook'");
  }

  @Test
  void anMBeanIsNamed() {
    assertLeaked("""
            public interface HolderMBean { int getSize(); }
            public static class Holder implements HolderMBean { public int getSize() { return 1; } }
            """ + starting("""
            try {
              java.lang.management.ManagementFactory.getPlatformMBeanServer()
                  .registerMBean(new Holder(), new javax.management.ObjectName("acme:type=Holder"));
            } catch (javax.management.JMException e) { throw new IllegalStateException(e); }
            """), "MBean acme:type=Holder");
  }

  @Test
  void aKeptThrowableIsNamed() {
    assertLeaked(
        """
            static class Odd extends RuntimeException { private static final long serialVersionUID = 1L; }
            """ + starting("System.getProperties().put(\"acme.kept\", new Odd());"),
        "system property acme.kept has a acme.Leaky$Odd");
  }

  @Test
  void whatFailsWhenItIsLookedAtIsNamedByItsClass() {
    assertLeaked(
        """
            public static class Odd {
              @Override public String toString() { throw new IllegalStateException("do not look"); }
            }
            """ + starting("System.getProperties().put(new Odd(), \"kept\");"),
        "the system property of a acme.Leaky$Odd");
  }

  @AfterEach
  void forgetWhatWasPlanted() {
    System.getProperties()
        .keySet()
        .removeIf(key -> !(key instanceof String name) || name.startsWith("acme."));
  }

  @Test
  void aThreadLocalInAThreadOfTheServerIsNamed() {
    try (HostFixture host = HostFixture.on(folder)) {
      serve(
          host,
          "static final ThreadLocal<Object> KEPT = new ThreadLocal<>();",
          "KEPT.set(new Leaky());");
      host.evaluate("leaky", 0, 1); // On this thread, as the server never does.
      host.remove(FILE);
      assertThat(settled(host).reason())
          .contains("a ThreadLocal of thread '" + Thread.currentThread().getName() + "'");
    }
  }

  private void assertLeaked(String members, String holder) {
    PluginStatus status = afterRemoval(members, "");
    assertThat(status.state()).isEqualTo(PluginState.LEAKED);
    assertThat(status.reason()).contains("held in memory since it was closed", holder);
  }

  private static String starting(String statements) {
    return "static { " + statements + " }";
  }

  private PluginStatus afterRemoval(String members, String statement) {
    try (HostFixture host = HostFixture.on(folder)) {
      serve(host, members, statement);
      assertThat(host.call("leaky", 0, 2)).isEqualTo(4);
      host.remove(FILE);
      return settled(host);
    }
  }

  private void serve(HostFixture host, String members, String statement) {
    PluginJar.named("leaky", "1")
        .withArrayLoss("Leaky", "leaky", members, statement)
        .dropInto(folder, FILE);
    host.awaitState(FILE, PluginState.ACTIVE);
  }

  /** The verdict, which is known after a collection of garbage. */
  private static PluginStatus settled(HostFixture host) {
    await().atMost(HostFixture.SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
      System.gc();
      return host.status(FILE, PluginState.COLLECTED).isPresent()
          || host.status(FILE, PluginState.LEAKED).isPresent();
    });
    return host.status(FILE, PluginState.COLLECTED)
        .or(() -> host.status(FILE, PluginState.LEAKED))
        .orElseThrow();
  }
}
