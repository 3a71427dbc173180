package dev.losses.server.arrow;

import dev.losses.server.codec.Allowance;
import dev.losses.server.codec.Elements;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.io.IOException;
import java.util.Arrays;

/** A column's part of a record batch while the columns behind it come. Its room is used again for the next one. */
final class HeldBytes {
  private static final int FIRST = 1 << 16;

  private final Allowance allowance;
  private byte[] bytes = new byte[0];

  HeldBytes(Allowance allowance) {
    this.allowance = allowance;
  }

  /** What was read, and perhaps something older behind it. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Reads so many bytes. Room is made for what has come, not for what is claimed to come.
   *
   * @throws ProblemException when there is no memory for so many
   */
  void read(BodyStream body, long count, String column) throws IOException {
    if (count > Elements.MOST_ELEMENTS) {
      throw tooLarge(count, column);
    }
    for (int done = 0; done < count; ) {
      if (done == bytes.length) {
        grow((int) Math.min(count, Math.max(FIRST, 2L * bytes.length)), count, column);
      }
      int here = (int) Math.min(bytes.length, count) - done;
      body.read(bytes, done, here);
      done += here;
    }
  }

  private void grow(int size, long count, String column) {
    try {
      allowance.take(size - bytes.length);
    } catch (ProblemException e) {
      throw e.problem().code().equals(ProblemType.BODY_TOO_LARGE.code())
          ? tooLarge(count, column)
          : e;
    }
    bytes = Arrays.copyOf(bytes, size);
  }

  private static ProblemException tooLarge(long count, String column) {
    return new ProblemException(Problem.of(
        ProblemType.BODY_TOO_LARGE,
        "A record batch has " + count + " bytes in the column " + column
            + ", to be held until its last column comes, for which this server has not the memory; "
            + "send smaller record batches, of some 65,536 rows."));
  }
}
