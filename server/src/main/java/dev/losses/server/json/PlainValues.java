package dev.losses.server.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes parameters and other small things. */
public final class PlainValues {
  private PlainValues() {}

  /** Writes a value made of maps, lists, strings, booleans and numbers. */
  public static void write(JsonGenerator json, @Nullable Object value) {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Float number) {
      json.writeNumber(number.floatValue());
    } else if (value instanceof Double number) {
      json.writeNumber(number.doubleValue());
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      map.forEach((name, each) -> {
        json.writeName(String.valueOf(name));
        write(json, each);
      });
      json.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      list.forEach(each -> write(json, each));
      json.writeEndArray();
    } else {
      json.writeString(value.toString());
    }
  }
}
