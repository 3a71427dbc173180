package dev.losses.server.arrow;

import dev.losses.server.codec.FormatException;
import dev.losses.server.rows.RowException;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/** What a record batch says of its body: arrays in the order of the columns, and buffers, several for each array. */
final class RecordBatchHead {
  private final long rows;
  private final long[] lengths;
  private final long[] nulls;
  private final long[] offsets;
  private final long[] sizes;
  private int array;
  private int buffer;

  private RecordBatchHead(RecordBatch batch, int arrays, int buffers) {
    this.rows = batch.length();
    this.lengths = new long[arrays];
    this.nulls = new long[arrays];
    this.offsets = new long[buffers];
    this.sizes = new long[buffers];
  }

  /**
   * Reads the metadata of a record batch.
   *
   * @throws FormatException when they are none, or do not fit the schema
   */
  static RecordBatchHead read(Message message, List<ArrowField> fields) {
    if (message.headerType() != MessageHeader.RecordBatch) {
      throw new FormatException("a message is no record batch but of kind " + message.headerType()
          + " of Arrow's messages");
    }
    RecordBatch batch = Metadata.present((RecordBatch) message.header(new RecordBatch()));
    if (batch.compression() != null) {
      throw new FormatException(
          "the buffers of a record batch are compressed; write it without compression, and pack the "
              + "whole body with Content-Encoding: gzip if it must be small");
    }
    int arrays = 0;
    int buffers = 0;
    for (ArrowField field : fields) {
      arrays += 1 + field.lists().size();
      buffers += 2;
      for (ArrowField.Lists lists : field.lists()) {
        buffers += lists.haveOffsets() ? 2 : 1;
      }
    }
    if (batch.length() < 0 || batch.nodesLength() != arrays || batch.buffersLength() != buffers) {
      throw new FormatException("a record batch has " + batch.length() + " rows in "
          + batch.nodesLength() + " arrays and " + batch.buffersLength()
          + " buffers; by its schema it has " + arrays + " arrays and " + buffers + " buffers");
    }
    RecordBatchHead head = new RecordBatchHead(batch, arrays, buffers);
    head.fill(batch, message.bodyLength());
    return head;
  }

  private void fill(RecordBatch batch, long bodyLength) {
    for (int i = 0; i < lengths.length; i++) {
      FieldNode node = Metadata.present(batch.nodes(i));
      lengths[i] = node.length();
      nulls[i] = node.nullCount();
      if (lengths[i] < 0 || nulls[i] < 0) {
        throw new FormatException("an array of a record batch has a length of " + lengths[i]
            + " and " + nulls[i] + " nulls");
      }
    }
    for (int i = 0; i < offsets.length; i++) {
      Buffer each = Metadata.present(batch.buffers(i));
      offsets[i] = each.offset();
      sizes[i] = each.length();
      if (offsets[i] < 0 || sizes[i] < 0 || offsets[i] > bodyLength - sizes[i]) {
        throw new FormatException("a buffer of a record batch claims " + sizes[i] + " bytes from "
            + offsets[i] + " on, in a body of " + bodyLength);
      }
    }
  }

  /** How many rows there are. */
  long rows() {
    return rows;
  }

  /**
   * Goes on to the next array, and beyond the buffer that tells which of its elements are null.
   *
   * @param column whose it is
   * @param needed how many elements it must have
   * @param firstRow of the record batch in the stream
   * @throws RowException when some are null
   */
  void nextArray(String column, long needed, long firstRow) {
    if (nulls[array] > 0) {
      throw new RowException(
          "/" + column,
          (nulls[array] == 1 ? "a null" : nulls[array] + " nulls")
              + " in the record batch that begins with row " + firstRow
              + "; fill them, or leave their rows out");
    }
    if (lengths[array] < needed) {
      throw new FormatException("an array of the column " + column + " has " + lengths[array]
          + " elements where " + needed + " are needed");
    }
    array++;
    buffer++;
  }

  /**
   * Goes on to the next buffer.
   *
   * @param column whose it is
   * @param needed how many bytes it must have
   * @return where in the body it begins
   */
  long nextBuffer(String column, long needed) {
    if (sizes[buffer] < needed) {
      throw new FormatException("a buffer of the column " + column + " has " + sizes[buffer]
          + " bytes where " + needed + " are needed");
    }
    return offsets[buffer++];
  }
}
