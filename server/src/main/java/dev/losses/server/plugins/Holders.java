package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.Reasons;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds a class loader: the threads, thread locals, shutdown hooks, MBeans and system properties that usually do.
 * Thread locals and shutdown hooks are looked into only where the JVM was started with {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}, as the server's jar is.
 */
final class Holders {
  private static final Logger log = LoggerFactory.getLogger(Holders.class);

  private static final Set<Class<?>> KNOWN = Set.of(
      ArrayList.class, LinkedList.class, ArrayDeque.class, HashSet.class, LinkedHashSet.class);

  private final ClassLoader loader;
  private final List<String> found = new ArrayList<>();

  private Holders(ClassLoader loader) {
    this.loader = loader;
  }

  /** Their names, after {@code ": "}, or a hint what to do where none is found. */
  static String of(ClassLoader loader) {
    Holders holders = new Holders(loader);
    try {
      holders.threads();
      holders.shutdownHooks();
      holders.mbeans();
      holders.systemProperties();
    } catch (RuntimeException | Error e) {
      // Objects of others are looked at: what they do must not stop the host.
      log.debug("Not everything could be looked into: {}", Reasons.of(e));
    }
    return holders.found.isEmpty()
        ? "; by whom, a heap dump shows: jcmd <pid> GC.heap_dump"
        : ": " + Reasons.line(String.join("; ", holders.found));
  }

  private void threads() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (isOf(thread)) {
        found.add("thread '" + thread.getName() + "' (" + thread.getClass().getName() + ") runs");
      }
      for (Object value : threadLocals(thread)) {
        found.add("a ThreadLocal of thread '" + thread.getName() + "' has a "
            + value.getClass().getName());
      }
    }
  }

  private List<Object> threadLocals(Thread thread) {
    List<Object> values = new ArrayList<>();
    try {
      Object map = field(Thread.class, "threadLocals").get(thread);
      if (map != null && field(map.getClass(), "table").get(map) instanceof Object[] table) {
        for (Object entry : table) {
          Object value = entry == null ? null : field(entry.getClass(), "value").get(entry);
          if (isOf(value)) {
            values.add(value);
          }
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.debug("Thread locals cannot be looked into: {}", Reasons.of(e));
    }
    return values;
  }

  private void shutdownHooks() {
    try {
      Class<?> hooks = Class.forName("java.lang.ApplicationShutdownHooks");
      if (field(hooks, "hooks").get(null) instanceof Map<?, ?> map) {
        for (Object hook : map.keySet()) {
          if (hook instanceof Thread thread && isOf(thread)) {
            found.add("the shutdown hook '" + thread.getName() + "' is registered");
          }
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.debug("Shutdown hooks cannot be looked into: {}", Reasons.of(e));
    }
  }

  private void mbeans() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : server.queryNames(null, null)) {
      try {
        if (server.getClassLoaderFor(name) == loader) {
          found.add("the MBean " + name + " is registered");
        }
      } catch (InstanceNotFoundException goneMeanwhile) {
        log.debug("{} is gone", name);
      }
    }
  }

  private void systemProperties() {
    System.getProperties().forEach((key, value) -> {
      if (isOf(key) || isOf(value)) {
        String name =
            key instanceof String text ? text : "of a " + key.getClass().getName();
        found.add("the system property " + name + " has a " + value.getClass().getName());
      }
    });
  }

  /** Whether an object, what it runs, or one that it contains, is of the plugin. */
  private boolean isOf(@Nullable Object object) {
    if (object == null) {
      return false;
    }
    if (object == loader || object.getClass().getClassLoader() == loader) {
      return true;
    }
    // Only of the platform's own classes is it known what calling them does.
    if (object instanceof Thread thread && object.getClass().getClassLoader() == null) {
      return thread.getContextClassLoader() == loader;
    }
    return KNOWN.contains(object.getClass())
        && ((Collection<?>) object)
            .stream().anyMatch(item -> item != null && item.getClass().getClassLoader() == loader);
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
