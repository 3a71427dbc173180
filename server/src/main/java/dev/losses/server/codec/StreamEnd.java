package dev.losses.server.codec;

import java.io.IOException;
import java.io.InputStream;

/** Where nothing may follow. */
public final class StreamEnd {
  /** Who sends more has made more than a slip, and what follows may have no end. */
  private static final int MOST_COUNTED = 1 << 16;

  private StreamEnd() {}

  /**
   * Reads on to see that the stream has ended.
   *
   * @param what came last, for the message
   * @throws FormatException when it has not; the message tells how much follows
   * @throws IOException when the stream cannot be read
   */
  public static void expect(InputStream in, String what) throws IOException {
    int more = in.readNBytes(MOST_COUNTED + 1).length;
    if (more > 0) {
      throw new FormatException((more > MOST_COUNTED ? "More than " + MOST_COUNTED : more)
          + (more == 1 ? " more byte follows " : " more bytes follow ")
          + what);
    }
  }
}
