package dev.losses.server.arrow;

import dev.losses.server.codec.FormatException;
import dev.losses.server.codec.StreamEnd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongSupplier;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** Takes a stream apart into messages, as "IPC Streaming Format" in Arrow's specification has it. */
final class MessageStream {
  private static final int CONTINUATION = -1;
  private static final int FILE_MAGIC = ByteBuffer.wrap(new byte[] {'A', 'R', 'R', 'O'})
      .order(ByteOrder.LITTLE_ENDIAN)
      .getInt();

  /** Some writers keep notes of their own in the schema. */
  private static final int MOST_METADATA_BYTES = 1 << 20;

  private final InputStream in;
  private final LongSupplier mostLeft;
  private final BodyStream body;

  /** @param mostLeft no more bytes than these can still come */
  MessageStream(InputStream in, LongSupplier mostLeft) {
    this.in = in;
    this.mostLeft = mostLeft;
    this.body = new BodyStream(in);
  }

  /** The body of the last message. */
  BodyStream body() {
    return body;
  }

  /**
   * The next message, whatever is left of the last one.
   *
   * @return null at the marker that ends the stream, behind which is nothing
   * @throws FormatException when it is none
   */
  @Nullable
  Message next() throws IOException {
    body.finish();
    int start = word("without the marker that ends it; close the writer");
    if (start != CONTINUATION) {
      throw new FormatException(
          start == FILE_MAGIC
              ? "it is an Arrow file; send a stream, as new_stream of pyarrow.ipc writes it"
              : "where a message begins are the bytes " + hex(start)
                  + ", and not the marker ffffffff; send an Arrow IPC stream of format 1.0 or newer");
    }
    int length = word("where the length of a message should be");
    if (length == 0) {
      StreamEnd.expect(in, "the marker that ends the stream");
      return null;
    }
    if (length < 0 || length > MOST_METADATA_BYTES) {
      throw new FormatException(
          "the metadata of a message claim to be " + Integer.toUnsignedLong(length)
              + " bytes long; no more than " + MOST_METADATA_BYTES + " are read");
    }
    byte[] metadata = in.readNBytes(length);
    if (metadata.length < length) {
      throw new FormatException("the stream ends in the middle of a message's metadata");
    }
    Message message = Metadata.read(() -> checked(
        Message.getRootAsMessage(ByteBuffer.wrap(metadata).order(ByteOrder.LITTLE_ENDIAN))));
    body.begin(message.bodyLength());
    return message;
  }

  private Message checked(Message message) {
    if (message.version() < MetadataVersion.V4 || message.version() > MetadataVersion.V5) {
      throw new FormatException("a message is of version " + (message.version() + 1)
          + " of the metadata; versions 4 and 5 are read");
    }
    long length = message.bodyLength();
    if (length < 0 || length > mostLeft.getAsLong()) {
      throw new FormatException("a message claims a body of " + length + " bytes, but no more than "
          + mostLeft.getAsLong() + " can follow");
    }
    return message;
  }

  private int word(String where) throws IOException {
    byte[] bytes = in.readNBytes(Integer.BYTES);
    if (bytes.length < Integer.BYTES) {
      throw new FormatException("the stream ends " + where);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private static String hex(int littleEndian) {
    return String.format("%08x", Integer.reverseBytes(littleEndian));
  }
}
