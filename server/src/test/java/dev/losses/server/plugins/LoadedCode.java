package dev.losses.server.plugins;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Knows the class loaders of the plugins loaded since it began to watch, for each test loss reports its own. */
final class LoadedCode {
  private static final String KEY = LoadedCode.class.getName();

  private final List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();

  private LoadedCode() {}

  static LoadedCode watch() {
    LoadedCode watch = new LoadedCode();
    Consumer<ClassLoader> report = loader -> watch.loaders.add(new WeakReference<>(loader));
    System.getProperties().put(KEY, report);
    return watch;
  }

  /** The statement with which a loss's class reports. */
  static String report(String type) {
    return """
        Object report = System.getProperties().get("%s");
        if (report != null) {
          ((java.util.function.Consumer<ClassLoader>) report).accept(%s.class.getClassLoader());
        }
        """.formatted(KEY, type);
  }

  /** How many were loaded. */
  int count() {
    return loaders.size();
  }

  /** How many of them are in memory. */
  long alive() {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }
}
