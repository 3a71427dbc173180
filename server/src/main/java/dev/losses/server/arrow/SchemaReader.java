package dev.losses.server.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.losses.server.codec.ElementType;
import dev.losses.server.codec.FormatException;
import dev.losses.server.rows.RowException;
import dev.losses.server.rows.WantedRows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;

/** Reads the schema of a stream, which has numbers alone. */
final class SchemaReader {
  private static final int MOST_LISTS = 31;
  private static final ByteBuffer EXTENSION =
      ByteBuffer.wrap("ARROW:extension:name".getBytes(UTF_8));

  private SchemaReader() {}

  /**
   * The columns.
   *
   * @throws RowException naming a column that is missing, not wanted or not of numbers
   * @throws FormatException when it is no such schema
   */
  static List<ArrowField> read(Message message, WantedRows wanted) {
    if (message.headerType() != MessageHeader.Schema) {
      throw new FormatException("the stream does not begin with a schema");
    }
    Schema schema = Metadata.present((Schema) message.header(new Schema()));
    if (schema.endianness() != Endianness.Little) {
      throw new FormatException("its numbers are big-endian; write them as little-endian");
    }
    Map<String, ArrowField> fields = new LinkedHashMap<>();
    for (int i = 0; i < schema.fieldsLength(); i++) {
      Field field = Metadata.present(schema.fields(i));
      String name = Metadata.present(field.name());
      if (!wanted.has(name)) {
        throw wanted.unknown(name, "");
      }
      if (fields.put(name, field(name, field)) != null) {
        throw new RowException("/" + name, "given twice");
      }
    }
    wanted.check(fields.keySet(), "");
    return List.copyOf(fields.values());
  }

  private static ArrowField field(String name, Field outermost) {
    List<ArrowField.Lists> lists = new ArrayList<>();
    Field field = outermost;
    while (isList(field)) {
      refuseSpecial(name, field);
      if (lists.size() == MOST_LISTS) {
        throw new RowException(
            "/" + name, "lists are nested more than " + MOST_LISTS + " levels deep");
      }
      lists.add(lists(name, field));
      if (field.childrenLength() != 1) {
        throw new FormatException(
            "a list has not one kind of element but " + field.childrenLength());
      }
      field = Metadata.present(field.children(0));
    }
    refuseSpecial(name, field);
    return new ArrowField(name, List.copyOf(lists), elements(name, field));
  }

  private static void refuseSpecial(String name, Field field) {
    if (field.dictionary() != null) {
      throw new RowException("/" + name, "is encoded by a dictionary; decode it before it is sent");
    }
    for (int i = 0; i < field.customMetadataLength(); i++) {
      // Not as text: a few bytes could claim any number of long ones.
      if (EXTENSION.equals(field.customMetadata(i).keyAsByteBuffer())) {
        throw new RowException(
            "/" + name, "is of an extension type; send its storage, as numbers or lists of them");
      }
    }
  }

  private static boolean isList(Field field) {
    return field.typeType() == Type.FixedSizeList
        || field.typeType() == Type.List
        || field.typeType() == Type.LargeList;
  }

  private static ArrowField.Lists lists(String name, Field field) {
    if (field.typeType() != Type.FixedSizeList) {
      return ArrowField.Lists.byOffsets(field.typeType() == Type.List ? Integer.BYTES : Long.BYTES);
    }
    int size = Metadata.present((FixedSizeList) field.type(new FixedSizeList())).listSize();
    if (size <= 0) {
      throw new RowException("/" + name, "lists of no values");
    }
    return ArrowField.Lists.of(size);
  }

  private static ElementType elements(String name, Field field) {
    if (field.childrenLength() != 0 && isNumber(field.typeType())) {
      throw new FormatException("numbers have elements in them");
    }
    return switch (field.typeType()) {
      case Type.Bool -> ElementType.BOOL;
      case Type.Int -> integers(Metadata.present((Int) field.type(new Int())));
      case Type.FloatingPoint ->
        floats(Metadata.present((FloatingPoint) field.type(new FloatingPoint())));
      default ->
        throw new RowException(
            "/" + name,
            "is of the Arrow type " + Type.name(field.typeType())
                + "; send floats, integers, bools, or lists of them of one length");
    };
  }

  private static boolean isNumber(byte type) {
    return type == Type.Bool || type == Type.Int || type == Type.FloatingPoint;
  }

  private static ElementType integers(Int type) {
    return switch (type.bitWidth()) {
      case 8 -> type.isSigned() ? ElementType.INT8 : ElementType.UINT8;
      case 16 -> type.isSigned() ? ElementType.INT16 : ElementType.UINT16;
      case 32 -> type.isSigned() ? ElementType.INT32 : ElementType.UINT32;
      case 64 -> type.isSigned() ? ElementType.INT64 : ElementType.UINT64;
      default -> throw new FormatException("integers have " + type.bitWidth() + " bits");
    };
  }

  private static ElementType floats(FloatingPoint type) {
    return switch (type.precision()) {
      case Precision.HALF -> ElementType.FLOAT16;
      case Precision.SINGLE -> ElementType.FLOAT32;
      case Precision.DOUBLE -> ElementType.FLOAT64;
      default ->
        throw new FormatException("floats are of the unknown precision " + type.precision());
    };
  }
}
