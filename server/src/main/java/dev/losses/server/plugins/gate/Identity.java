package dev.losses.server.plugins.gate;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a plugin is called, as far as it is known.
 *
 * @param file the bare name of the jar
 * @param id the plugin's name: from its manifest, else from the file's name
 * @param version null until the manifest is read
 * @param digest {@code sha256:} and the hash of its bytes; null until they are read
 */
public record Identity(
    String file,
    String id,
    @Nullable String version,
    @Nullable String digest) {
  private static final Pattern VERSION_AND_SUFFIX = Pattern.compile("(-\\d[^/]*)?\\.jar$");

  private static final int MOST_CHARACTERS = 100;
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+: -]{0," + (MOST_CHARACTERS - 1) + "}");

  /** What the name of a file tells. */
  public static Identity ofFile(String file) {
    String id = VERSION_AND_SUFFIX.matcher(file).replaceFirst("");
    return new Identity(file, id.isEmpty() ? file : id, null, null);
  }

  Identity withDigest(String newDigest) {
    return new Identity(file, id, version, newDigest);
  }

  Identity withManifest(@Nullable String title, @Nullable String newVersion) {
    return new Identity(file, orElse(title, id), orElse(newVersion, "0"), digest);
  }

  /** Refuses what operators could take for another plugin, or could not write in an address. */
  Identity checked() throws Stage.Refusal {
    check("id", "Implementation-Title, or else the file's name", id);
    check("version", "Implementation-Version", String.valueOf(version));
    return this;
  }

  private static void check(String what, String source, String text) throws Stage.Refusal {
    if (!PLAIN.matcher(text).matches()) {
      throw new Stage.Refusal(
          "Its " + what + " '" + text.substring(0, Math.min(text.length(), MOST_CHARACTERS))
              + "' must be at most " + MOST_CHARACTERS
              + " of A-Z, a-z, 0-9, '.', '_', '-', '+', ':' and spaces, a letter or digit first; "
              + "it is the manifest's " + source);
    }
  }

  private static String orElse(@Nullable String text, String other) {
    return text == null || text.isBlank() ? other : text;
  }

  @Override
  public String toString() {
    return id + (version == null ? "" : " " + version) + " (" + file
        + (digest == null ? "" : ", " + digest) + ")";
  }

  /** Something on its way through the pipeline. */
  public interface Known {
    Identity identity();
  }
}
