package dev.losses.server.plugins;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may change what the server serves, other than through the plugin folder.
 *
 * @param key what they send as a bearer token; nobody may where it is not set
 */
@ConfigurationProperties("losses.admin")
public record AdminProperties(@Nullable String key) {

  private static final Pattern SENDABLE = Pattern.compile("[!-~]+");

  /** @throws IllegalArgumentException when the key could not be sent in a header as it is */
  public AdminProperties {
    if (key != null && !SENDABLE.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "losses.admin.key must be of ASCII letters, digits and signs, without spaces");
    }
  }

  /** Without the key: this may be logged. */
  @Override
  public String toString() {
    return "AdminProperties[key=" + (key == null ? "null" : "...") + "]";
  }
}
