package dev.losses.nd4j;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's native library, which is loaded at first use and not before: that takes a second or more. Thread-safe. */
public final class Nd4jBackend {
  private static final Logger log = System.getLogger(Nd4jBackend.class.getName());
  private static final FutureTask<@Nullable String> START = new FutureTask<>(Nd4jBackend::load);

  private Nd4jBackend() {}

  /**
   * Loads the native library, unless that has been done.
   *
   * @throws IllegalStateException when it is not there for this platform or does not load; the message tells what to do
   */
  public static void start() {
    if (!START.isDone()) {
      startOnThreadOfItsOwn();
    }
    String problem = problem();
    if (problem != null) {
      throw new IllegalStateException(problem);
    }
  }

  /**
   * The threads that ND4J starts live on. They must not inherit the class loader of whoever needs ND4J first: a plugin's
   * would never leave memory.
   */
  private static void startOnThreadOfItsOwn() {
    Thread thread = new Thread(null, START, "losses-nd4j-start", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Nd4jBackend.class.getClassLoader());
    thread.start();
  }

  private static @Nullable String problem() {
    try {
      return START.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while ND4J was loading", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("ND4J cannot be loaded", e);
    }
  }

  private static @Nullable String load() {
    try {
      Nd4j.getBackend();
      return null;
    } catch (Throwable e) {
      log.log(Level.WARNING, "ND4J does not load", e);
      return "ND4J cannot run here: its native library for " + Loader.getPlatform()
          + " is missing or does not load (the log says why); put nd4j-native-platform with the natives of "
          + "this platform on the class path";
    }
  }
}
