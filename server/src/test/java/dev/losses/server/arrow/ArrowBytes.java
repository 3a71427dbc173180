package dev.losses.server.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** Writes streams in Arrow's format, and what only looks like one. */
public final class ArrowBytes {

  private ArrowBytes() {}

  /** How the values of a column lie in lists. */
  public enum Lists {
    NONE,
    FIXED,
    OFFSETS,
    LARGE_OFFSETS
  }

  /** What makes a schema one that is refused. */
  public enum Oddity {
    NONE,
    DICTIONARY,
    EXTENSION,
    BIG_ENDIAN,
    OLD_METADATA
  }

  /**
   * A column.
   *
   * @param type such as float64, int8 or bool
   * @param width how many values are in each list
   */
  public record Column(String name, String type, Lists lists, int width) {
    /** A column of single values. */
    public static Column of(String name, String type) {
      return new Column(name, type, Lists.NONE, 1);
    }
  }

  /** What ends a stream. */
  public static byte[] end() {
    return new byte[] {-1, -1, -1, -1, 0, 0, 0, 0};
  }

  /** A whole stream of one record batch. */
  public static byte[] stream(List<Column> columns, double[]... values) {
    return join(schema(columns), batch(columns, values), end());
  }

  public static byte[] schema(List<Column> columns) {
    return schema(columns, Oddity.NONE);
  }

  public static byte[] schema(List<Column> columns, Oddity oddity) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int[] fields =
        columns.stream().mapToInt(column -> field(builder, column, oddity)).toArray();
    int schema = Schema.createSchema(
        builder,
        (short) (oddity == Oddity.BIG_ENDIAN ? 1 : 0),
        Schema.createFieldsVector(builder, fields),
        0,
        0);
    short version = oddity == Oddity.OLD_METADATA ? MetadataVersion.V3 : MetadataVersion.V5;
    return message(builder, version, MessageHeader.Schema, schema, new byte[0]);
  }

  private static int field(FlatBufferBuilder builder, Column column, Oddity oddity) {
    int child = column.lists() == Lists.NONE
        ? 0
        : field(builder, Column.of("item", column.type()), Oddity.NONE);
    int children = Field.createChildrenVector(builder, child == 0 ? new int[0] : new int[] {child});
    int name = builder.createString(column.name());
    byte type = type(column);
    int of = typeTable(builder, column);
    int dictionary = 0;
    if (oddity == Oddity.DICTIONARY) {
      dictionary = DictionaryEncoding.createDictionaryEncoding(
          builder, 1, Int.createInt(builder, 32, true), false, (short) 0);
    }
    int metadata = 0;
    if (oddity == Oddity.EXTENSION) {
      int pair = KeyValue.createKeyValue(
          builder,
          builder.createString("ARROW:extension:name"),
          builder.createString("arrow.fixed_shape_tensor"));
      metadata = Field.createCustomMetadataVector(builder, new int[] {pair});
    }
    return Field.createField(builder, name, true, type, of, dictionary, children, metadata);
  }

  private static byte type(Column column) {
    return switch (column.lists()) {
      case FIXED -> Type.FixedSizeList;
      case OFFSETS -> Type.List;
      case LARGE_OFFSETS -> Type.LargeList;
      case NONE ->
        switch (column.type()) {
          case "bool" -> Type.Bool;
          case "utf8" -> Type.Utf8;
          default -> column.type().startsWith("float") ? Type.FloatingPoint : Type.Int;
        };
    };
  }

  private static int typeTable(FlatBufferBuilder builder, Column column) {
    switch (type(column)) {
      case Type.FixedSizeList -> {
        return FixedSizeList.createFixedSizeList(builder, column.width());
      }
      case Type.FloatingPoint -> {
        short precision = switch (column.type()) {
          case "float16" -> Precision.HALF;
          case "float32" -> Precision.SINGLE;
          default -> Precision.DOUBLE;
        };
        return FloatingPoint.createFloatingPoint(builder, precision);
      }
      case Type.Int -> {
        int bits = Integer.parseInt(column.type().replaceAll("\\D", ""));
        return Int.createInt(builder, bits, column.type().startsWith("int"));
      }
      default -> {
        // Tables without fields are all alike.
        Bool.startBool(builder);
        return column.type().equals("utf8") ? Utf8.endUtf8(builder) : Bool.endBool(builder);
      }
    }
  }

  /** A record batch, with the values of each column one after the other. */
  public static byte[] batch(List<Column> columns, double[]... values) {
    List<long[]> nodes = new ArrayList<>();
    List<byte[]> buffers = new ArrayList<>();
    int rows = 0;
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      rows = values[i].length / column.width();
      nodes.add(new long[] {rows, 0});
      buffers.add(new byte[0]);
      if (column.lists() != Lists.NONE) {
        if (column.lists() != Lists.FIXED) {
          buffers.add(offsets(rows, column));
        }
        nodes.add(new long[] {values[i].length, 0});
        buffers.add(new byte[0]);
      }
      buffers.add(elements(column.type(), values[i]));
    }
    return batch(rows, nodes, buffers);
  }

  private static byte[] offsets(int rows, Column column) {
    int size = column.lists() == Lists.OFFSETS ? Integer.BYTES : Long.BYTES;
    ByteBuffer bytes = ByteBuffer.allocate((rows + 1) * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row <= rows; row++) {
      if (size == Integer.BYTES) {
        bytes.putInt(row * column.width());
      } else {
        bytes.putLong((long) row * column.width());
      }
    }
    return bytes.array();
  }

  /** Numbers as they lie in a buffer. */
  public static byte[] elements(String type, double... values) {
    if (type.equals("bool")) {
      byte[] bits = new byte[(values.length + 7) / 8];
      for (int i = 0; i < values.length; i++) {
        bits[i / 8] |= (byte) (values[i] == 0 ? 0 : 1 << (i % 8));
      }
      return bits;
    }
    int size = Integer.parseInt(type.replaceAll("\\D", "")) / 8;
    ByteBuffer bytes = ByteBuffer.allocate(values.length * size).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (type) {
        case "float64" -> bytes.putDouble(value);
        case "float32" -> bytes.putFloat((float) value);
        case "float16" -> bytes.putShort(half((float) value));
        default -> {
          for (int i = 0; i < size; i++) {
            bytes.put((byte) ((long) value >> (8 * i)));
          }
        }
      }
    }
    return bytes.array();
  }

  /** Of a normal number that float16 holds. */
  private static short half(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int exponent = ((bits >>> 23) & 0xFF) - 112;
    int fraction = (bits >>> 13) & 0x3FF;
    return (short) (value == 0 ? sign : sign | (exponent << 10) | fraction);
  }

  /** A record batch that says of its arrays {length, nulls} and has these buffers. */
  public static byte[] batch(long rows, List<long[]> nodes, List<byte[]> buffers) {
    List<long[]> places = new ArrayList<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] buffer : buffers) {
      places.add(new long[] {body.size(), buffer.length});
      body.writeBytes(buffer);
      body.writeBytes(new byte[-buffer.length & 7]);
    }
    return batch(rows, nodes, places, body.toByteArray(), false);
  }

  /** A record batch that says of its buffers {offset, length}. */
  public static byte[] batch(
      long rows, List<long[]> nodes, List<long[]> places, byte[] body, boolean compressed) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    RecordBatch.startNodesVector(builder, nodes.size());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      FieldNode.createFieldNode(builder, nodes.get(i)[0], nodes.get(i)[1]);
    }
    int nodesVector = builder.endVector();
    RecordBatch.startBuffersVector(builder, places.size());
    for (int i = places.size() - 1; i >= 0; i--) {
      Buffer.createBuffer(builder, places.get(i)[0], places.get(i)[1]);
    }
    int buffersVector = builder.endVector();
    int compression =
        compressed ? BodyCompression.createBodyCompression(builder, (byte) 0, (byte) 0) : 0;
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows);
    RecordBatch.addNodes(builder, nodesVector);
    RecordBatch.addBuffers(builder, buffersVector);
    if (compressed) {
      RecordBatch.addCompression(builder, compression);
    }
    int batch = RecordBatch.endRecordBatch(builder);
    return message(builder, MetadataVersion.V5, MessageHeader.RecordBatch, batch, body);
  }

  private static byte[] message(
      FlatBufferBuilder builder, short version, byte kind, int header, byte[] body) {
    builder.finish(Message.createMessage(builder, version, kind, header, body.length, 0));
    byte[] metadata = builder.sizedByteArray();
    int padded = metadata.length + (-metadata.length & 7);
    return ByteBuffer.allocate(8 + padded + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(-1)
        .putInt(padded)
        .put(metadata)
        .position(8 + padded)
        .put(body)
        .array();
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
