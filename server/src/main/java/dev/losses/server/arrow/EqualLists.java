package dev.losses.server.arrow;

import dev.losses.server.codec.FormatException;
import dev.losses.server.rows.RowException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lists that follow one another in an array of elements, all of one length.
 *
 * @param first the element that the first begins with
 * @param size how long they are
 */
record EqualLists(long first, int size) {
  private static final int PIECE = 1 << 13;

  /**
   * Reads the offsets at which lists begin, and the last one ends; the body is at the first of them.
   *
   * @param count how many lists, one at least
   * @param perRow how many of them are in a row
   * @param firstRow of the record batch in the stream
   * @throws RowException when they are not of one length
   */
  static EqualLists read(
      BodyStream body, int offsetBytes, long count, String column, long perRow, long firstRow)
      throws IOException {
    byte[] piece = new byte[PIECE];
    ByteBuffer offsets = ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
    long first = -1;
    long size = -1;
    long before = -1;
    for (long done = 0; done <= count; ) {
      int here = (int) Math.min(PIECE / offsetBytes, count + 1 - done);
      body.read(piece, 0, here * offsetBytes);
      for (int i = 0; i < here; i++) {
        long offset = offsetBytes == Integer.BYTES ? offsets.getInt(4 * i) : offsets.getLong(8 * i);
        if (offset < Math.max(0, before)) {
          throw new FormatException("the offsets of the lists in the column " + column + " go from "
              + before + " to " + offset);
        }
        if (before < 0) {
          first = offset;
        } else if (size < 0) {
          size = offset - before;
        } else if (offset - before != size) {
          long row = firstRow + (done + i - 1) / perRow;
          throw new RowException(
              "/" + column + "/" + row,
              "ragged: a list of " + (offset - before) + " where the one before has " + size);
        }
        before = offset;
      }
      done += here;
    }
    if (size == 0) {
      throw new RowException("/" + column + "/" + firstRow, "lists of no values");
    }
    if (size > Integer.MAX_VALUE) {
      throw new FormatException(
          "the lists in the column " + column + " claim " + size + " elements");
    }
    return new EqualLists(first, (int) size);
  }
}
