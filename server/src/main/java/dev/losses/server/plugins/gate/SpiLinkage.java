package dev.losses.server.plugins.gate;

import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whether a plugin was built against an SPI that this server has. It looks at what the classes refer to, not
 * at a version that somebody declared: that cannot be forgotten, and is right for every pair of versions.
 */
final class SpiLinkage {
  private static final Pattern VERSIONED = Pattern.compile("^META-INF/versions/(\\d{1,4})/");

  private SpiLinkage() {}

  static CheckedJar check(CheckedJar checked) throws Stage.Refusal {
    boolean usesNd4j = false;
    try (JarFile jar = new JarFile(checked.stored().path().toFile())) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (isClass(entry.getName())) {
          try (InputStream in = jar.getInputStream(entry)) {
            usesNd4j |= new ClassReferences(entry.getName(), in.readAllBytes()).check();
          }
        }
      }
      return checked.usingNd4j(usesNd4j);
    } catch (IOException e) {
      throw Stage.Refusal.of("It cannot be read", e);
    }
  }

  /** Whether it is a class that may run here: those for a later Java than this are for other servers. */
  private static boolean isClass(String name) {
    Matcher versioned = VERSIONED.matcher(name);
    boolean later = versioned.find()
        && Integer.parseInt(versioned.group(1)) > Runtime.version().feature();
    return name.endsWith(".class") && !name.endsWith("module-info.class") && !later;
  }
}
