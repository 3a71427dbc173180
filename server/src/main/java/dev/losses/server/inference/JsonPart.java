package dev.losses.server.inference;

import dev.losses.server.http.RequestBody;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The part of a body that is JSON: all of it, or as many bytes as a header says. What follows it stays unread. */
final class JsonPart extends FilterInputStream {
  static final String LENGTH_HEADER = "Inference-Header-Content-Length";

  private long left;

  private JsonPart(InputStream body, long length) {
    super(body);
    this.left = length;
  }

  /**
   * The JSON of a body.
   *
   * @param length the value of the header, or null where there is none
   * @throws ProblemException when the header has no length, or the body is shorter
   */
  static InputStream of(RequestBody body, @Nullable String length) {
    if (length == null) {
      return body.stream();
    }
    if (!length.matches("[0-9]{1,18}")) {
      throw refusal(LENGTH_HEADER + " must be the number of bytes of the JSON");
    }
    long bytes = Long.parseLong(length);
    if (bytes > body.mostLeft()) {
      throw refusal(LENGTH_HEADER + " is " + bytes + ", but the body has at most " + body.mostLeft()
          + " bytes");
    }
    return new JsonPart(body.stream(), bytes);
  }

  private static ProblemException refusal(String detail) {
    return new ProblemException(Problem.of(ProblemType.UNREADABLE_BODY, detail + "."));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = super.read(buffer, offset, (int) Math.min(left, length));
    left -= Math.max(0, read);
    return read;
  }
}
