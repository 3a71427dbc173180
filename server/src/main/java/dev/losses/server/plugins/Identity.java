package dev.losses.server.plugins;

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
record Identity(
    String file,
    String id,
    @Nullable String version,
    @Nullable String digest) {
  private static final Pattern VERSION_AND_SUFFIX = Pattern.compile("(-\\d[^/]*)?\\.jar$");

  static Identity ofFile(String file) {
    String id = VERSION_AND_SUFFIX.matcher(file).replaceFirst("");
    return new Identity(file, id.isEmpty() ? file : id, null, null);
  }

  Identity withDigest(String newDigest) {
    return new Identity(file, id, version, newDigest);
  }

  Identity withManifest(@Nullable String title, @Nullable String newVersion) {
    return new Identity(file, orElse(title, id), orElse(newVersion, "0"), digest);
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
  interface Known {
    Identity identity();
  }
}
