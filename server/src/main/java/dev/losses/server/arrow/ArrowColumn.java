package dev.losses.server.arrow;

import dev.losses.server.codec.Allowance;
import dev.losses.server.codec.ElementType;
import dev.losses.server.codec.Elements;
import dev.losses.server.codec.RawElements;
import dev.losses.server.rows.RowColumn;
import dev.losses.server.rows.RowException;
import dev.losses.spi.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a column, one record batch after the other. */
final class ArrowColumn {
  private static final int PIECE_BYTES = 1 << 16;
  private static final int UNKNOWN = -1;

  private final ArrowField field;
  private final BodyStream body;
  private final HeldBytes held;
  /** Of a row; an axis whose lists have offsets is unknown until some came. */
  private final int[] shape;

  /** Where elements that come straight from the body are decoded; made when there are some. */
  private byte[] piece = new byte[0];

  /** Whether its elements come straight from the body. */
  private boolean streamed;
  /** Of the next element in what is held, in bytes; in bits for bools. */
  private long position;

  ArrowColumn(ArrowField field, BodyStream body, Allowance allowance) {
    this.field = field;
    this.body = body;
    this.held = new HeldBytes(allowance);
    this.shape = field.lists().stream().mapToInt(ArrowField.Lists::size).toArray();
  }

  String name() {
    return field.name();
  }

  /** The shape of a row; known once there was one. */
  int[] shape() {
    return shape.clone();
  }

  /**
   * Goes on to its elements in a record batch that has rows. They are read in where other columns follow.
   *
   * @param firstRow of the record batch in the stream
   * @throws ArithmeticException when the batch claims more than there are numbers for
   */
  void begin(RecordBatchHead head, boolean last, long firstRow) throws IOException {
    String name = field.name();
    long first = 0;
    long count = head.rows();
    head.nextArray(name, count, firstRow);
    for (int axis = 0; axis < shape.length; axis++) {
      ArrowField.Lists lists = field.lists().get(axis);
      if (lists.haveOffsets()) {
        int bytes = lists.offsetBytes();
        long end = Math.multiplyExact(Math.addExact(Math.addExact(first, count), 1), bytes);
        body.skipTo(head.nextBuffer(name, end) + first * bytes);
        EqualLists equal = EqualLists.read(body, bytes, count, name, count / head.rows(), firstRow);
        settle(axis, equal.size(), firstRow);
        first = equal.first();
      } else {
        first = Math.multiplyExact(first, lists.size());
      }
      count = Math.multiplyExact(count, shape[axis]);
      head.nextArray(name, Math.addExact(first, count), firstRow);
    }
    checkWidth(count / head.rows());
    beginElements(head, last, first, count);
  }

  private void settle(int axis, int size, long firstRow) {
    if (shape[axis] != UNKNOWN && shape[axis] != size) {
      throw new RowException(
          "/" + field.name() + "/" + firstRow,
          "ragged: a list of " + size + " where rows before have " + shape[axis]);
    }
    shape[axis] = size;
  }

  private void checkWidth(long values) {
    if (values > Elements.MOST_ELEMENTS) {
      throw new RowException(
          "/" + field.name(), "a row of " + values + " values is more than an array holds");
    }
  }

  private void beginElements(RecordBatchHead head, boolean last, long first, long count)
      throws IOException {
    if (field.type() == ElementType.BOOL) {
      long end = Math.addExact(first, count) / 8 + ((first + count) % 8 == 0 ? 0 : 1);
      long start = first / 8;
      body.skipTo(head.nextBuffer(field.name(), end) + start);
      held.read(body, end - start, field.name());
      position = first % 8;
      return;
    }
    int bytes = field.type().bytes();
    long end = Math.multiplyExact(Math.addExact(first, count), bytes);
    body.skipTo(head.nextBuffer(field.name(), end) + first * bytes);
    streamed = last;
    position = 0;
    if (!last) {
      held.read(body, count * bytes, field.name());
    } else if (piece.length == 0) {
      piece = new byte[PIECE_BYTES];
    }
  }

  /**
   * Reads elements.
   *
   * @param at where in the target the first one goes
   * @param row that of the first one in the stream
   */
  void read(int count, RowColumn target, int at, long row) throws IOException {
    int most = PIECE_BYTES / Double.BYTES;
    for (int done = 0; done < count; done += most) {
      int here = Math.min(most, count - done);
      if (field.type() == ElementType.BOOL) {
        readBits(here, target, at + done);
      } else {
        decode(next(here * field.type().bytes()), here, target, at + done, row, done);
      }
    }
  }

  private void readBits(int count, RowColumn target, int at) {
    byte[] bits = held.bytes();
    for (int i = 0; i < count; i++, position++) {
      target.put(at + i, bits[(int) (position >>> 3)] >>> (position & 7) & 1);
    }
  }

  private ByteBuffer next(int bytes) throws IOException {
    if (streamed) {
      body.read(piece, 0, bytes);
      return ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
    }
    ByteBuffer buffer = ByteBuffer.wrap(held.bytes(), (int) position, bytes).slice();
    position += bytes;
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  private void decode(ByteBuffer buffer, int count, RowColumn target, int at, long row, int done) {
    ElementType type = field.type();
    if (target.values() instanceof double[] doubles) {
      RawElements.decode(buffer, type, count, doubles, at);
    } else if (target.values() instanceof float[] floats && type.dtype() == DType.FLOAT32) {
      RawElements.decode(buffer, type, count, floats, at);
    } else {
      double[] values = new double[count];
      RawElements.decode(buffer, type, count, values, 0);
      for (int i = 0; i < count; i++) {
        if (!target.put(at + i, values[i])) {
          int element = done + i;
          String pointer = target.pointer(row + element / target.width(), element % target.width());
          throw new RowException(pointer, target.refusal(values[i]));
        }
      }
    }
  }
}
