package dev.losses.server.plugins.gate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a plugin's jar may contain, by the names of its entries. For one jar. */
final class EntryNames {
  private static final Pattern UNSEEN = Pattern.compile("\\p{Cntrl}");
  private static final Pattern VERSIONED = Pattern.compile("^META-INF/versions/\\d+/");
  private static final Pattern ARCHIVE = Pattern.compile("(?i).*\\.(jar|war|ear|zip|jmod)");
  private static final Pattern NATIVE_LIBRARY =
      Pattern.compile("(?i).*\\.(dll|dylib|jnilib|so(\\.\\d+)*)");

  private final Set<String> seen = new HashSet<>();

  void check(String name) throws Stage.Refusal {
    if (UNSEEN.matcher(name).find()) {
      throw new Stage.Refusal("The name of the entry " + name + " has control characters in it");
    }
    if (!seen.add(name)) {
      throw new Stage.Refusal(
          "It has two entries named " + name + ": which of them would run is chance");
    }
    if (name.startsWith("/")
        || name.contains("\\")
        || Arrays.asList(name.split("/")).contains("..")) {
      throw new Stage.Refusal("The entry " + name + " leads out of the jar");
    }
    if (ARCHIVE.matcher(name).matches()) {
      throw new Stage.Refusal("It contains the archive " + name
          + ", which the checks do not see into; unpack libraries into the jar");
    }
    if (NATIVE_LIBRARY.matcher(name).matches()) {
      throw new Stage.Refusal("It contains the native library " + name
          + ", which can neither be checked nor be unloaded");
    }
    Optional<String> artifact = SpiPackages.artifactOf(VERSIONED.matcher(name).replaceFirst(""));
    if (artifact.isPresent() && name.endsWith(".class")) {
      throw new Stage.Refusal("It brings a class of the SPI, " + name + "; depend on "
          + artifact.get() + " with the scope provided, the server has it");
    }
  }
}
