package dev.losses.server.plugins.gate;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whose code may run: everybody's who can write to the plugin folder, or only that on a list of digests. */
public final class Trust {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final String PREFIX = "sha256:";

  /** How trust is given. */
  public enum Mode {
    /** To every jar in the folder. */
    OPEN,
    /** To the bytes whose digest is listed. */
    DIGEST
  }

  private final Mode mode;
  private final Set<String> digests;

  private Trust(Mode mode, Set<String> digests) {
    this.mode = mode;
    this.digests = digests;
  }

  /** Trusts every jar. */
  public static Trust open() {
    return new Trust(Mode.OPEN, Set.of());
  }

  /**
   * Trust of that kind.
   *
   * @param digests SHA-256 in hexadecimal digits, with or without {@code sha256:} before them
   * @throws IllegalArgumentException when one is not a SHA-256, or digests are listed that nobody would look at
   */
  public static Trust of(Mode mode, Collection<String> digests) {
    if (mode == Mode.OPEN && !digests.isEmpty()) {
      throw new IllegalArgumentException(
          "losses.plugins.trusted-digests has no effect; set losses.plugins.trust=digest, too");
    }
    return new Trust(mode, digests.stream().map(Trust::digest).collect(Collectors.toSet()));
  }

  private static String digest(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    String hash = lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
    if (!SHA_256.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "losses.plugins.trusted-digests must be SHA-256 digests of 64 hexadecimal digits, got '"
              + text + "'");
    }
    return PREFIX + hash;
  }

  CheckedJar check(CheckedJar jar) throws Stage.Refusal {
    String digest = String.valueOf(jar.identity().digest());
    if (mode == Mode.DIGEST && !digests.contains(digest)) {
      throw new Stage.Refusal("Its digest is not on the list losses.plugins.trusted-digests; add "
          + digest + " to it if you trust these bytes");
    }
    return jar;
  }
}
