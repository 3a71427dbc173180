package dev.losses.reference;

import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** JSON for readers: a member of the outermost object a line. */
final class JsonText {
  private final DoubleFunction<String> numbers;

  private JsonText(DoubleFunction<String> numbers) {
    this.numbers = numbers;
  }

  /** With every digit. */
  static JsonText exact() {
    return new JsonText(Digits::shortest);
  }

  /** With at most so many significant digits. */
  static JsonText rounded(int digits) {
    return new JsonText(value -> Digits.rounded(value, digits));
  }

  /** The object, its members on lines of their own. */
  String lines(Map<String, ?> object) {
    return members(object, ",\n ");
  }

  /** Any value of JSON, on one line. */
  String line(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return members(map, ", ");
    } else if (value instanceof List<?> list) {
      return list.stream().map(this::line).collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Tensor tensor) {
      return tensor(tensor, 0, 0, tensor.size());
    } else if (value instanceof Double number) {
      return number(number);
    } else if (value instanceof String text) {
      return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
    return String.valueOf(value);
  }

  private String members(Map<?, ?> object, String separator) {
    return object.entrySet().stream()
        .map(member -> line(member.getKey()) + ": " + line(member.getValue()))
        .collect(Collectors.joining(separator, "{", "}"));
  }

  private String tensor(Tensor tensor, int axis, int from, int to) {
    if (axis == tensor.rank()) {
      return number(tensor.get(from));
    }
    int step = (to - from) / tensor.axis(axis);
    return IntStream.range(0, tensor.axis(axis))
        .mapToObj(i -> tensor(tensor, axis + 1, from + i * step, from + (i + 1) * step))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String number(double value) {
    String text = numbers.apply(value);
    return Double.isFinite(value) ? text : "\"" + text + "\"";
  }
}
