package dev.losses.server.plugins;

import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Lets those pass who have the key. */
@Component
class AdminKey {
  private static final String SCHEME = "Bearer ";

  private final AdminProperties properties;

  AdminKey(AdminProperties properties) {
    this.properties = properties;
  }

  /**
   * Lets a request pass with that {@code Authorization} header.
   *
   * @throws ProblemException 403 where no key is set, 401 where it is not sent
   */
  void check(@Nullable String authorization) {
    String key = properties.key();
    if (key == null) {
      throw refusal(
          HttpStatus.FORBIDDEN,
          "This is closed; to open it, start the server with losses.admin.key set.");
    }
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || !same(authorization.substring(SCHEME.length()).strip(), key)) {
      throw refusal(
          HttpStatus.UNAUTHORIZED,
          "Send the server's losses.admin.key in the header 'Authorization: Bearer <key>'.");
    }
  }

  /** In a time that does not tell how much of it is right. */
  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static ProblemException refusal(HttpStatus status, String detail) {
    return new ProblemException(Problem.of(status, detail));
  }
}
