package dev.losses.server.plugins.gate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the JDK forget a plugin's record. What it links equals, hashCode and toString with keeps hold of the last record
 * they were linked for (in Java 17 strongly, as the cached type of a method handle), and with it of all the plugin's
 * code. So after a plugin is closed they are linked for a record of ours.
 */
final class RecordLinkage {
  private static final Logger log = LoggerFactory.getLogger(RecordLinkage.class);

  private RecordLinkage() {}

  private record Ours(Ours component) {}

  static void forgetPlugins() {
    link("equals", MethodType.methodType(boolean.class, Ours.class, Object.class));
    link("hashCode", MethodType.methodType(int.class, Ours.class));
    link("toString", MethodType.methodType(String.class, Ours.class));
  }

  private static void link(String method, MethodType type) {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      ObjectMethods.bootstrap(
          lookup,
          method,
          type,
          Ours.class,
          "component",
          lookup.findVirtual(Ours.class, "component", MethodType.methodType(Ours.class)));
    } catch (Throwable e) {
      log.debug("Linking {} failed: {}", method, Reasons.of(e));
    }
  }
}
