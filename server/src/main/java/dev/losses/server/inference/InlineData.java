package dev.losses.server.inference;

import dev.losses.engine.Violation;
import dev.losses.server.codec.Allowance;
import dev.losses.server.exchange.Pointers;
import dev.losses.server.exchange.Violations;
import dev.losses.server.json.Leaves;
import dev.losses.server.json.NestedLists;
import dev.losses.server.json.Numbers;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The data of an input as JSON has them: flat, or nested as the shape is. What they are may be told after them. */
final class InlineData implements Leaves {
  private static final int NONE = -1;

  private final String pointer;
  private final Allowance allowance;
  private final Numbers numbers;
  private @Nullable Violation violation;
  private int[] shape = {};
  private int size;
  private int firstBoolean = NONE;

  private InlineData(String pointer, Allowance allowance) {
    this.pointer = pointer;
    this.allowance = allowance;
    this.numbers = new Numbers(allowance);
  }

  /** Reads the data at the parser. */
  static InlineData read(JsonParser parser, String pointer, Allowance allowance) {
    InlineData data = new InlineData(pointer, allowance);
    NestedLists lists = new NestedLists(parser, pointer, data);
    data.violation = lists.read();
    data.shape = data.violation == null ? lists.shape() : data.shape;
    return data;
  }

  @Override
  public @Nullable String add(JsonParser parser, JsonToken token) {
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      size++;
      return numbers.add(parser, token);
    }
    firstBoolean = firstBoolean == NONE ? size : firstBoolean;
    size++;
    numbers.append(token == JsonToken.VALUE_TRUE ? 1 : 0);
    return null;
  }

  /** The tensor that they are; null, and a violation, where they do not fit what it is said to be. */
  @Nullable
  Tensor toTensor(Datatype datatype, int[] declared, Violations violations) {
    Violation wrong = violation == null ? wrongFor(datatype, declared) : violation;
    double[] doubles = wrong == null ? numbers.toArray() : new double[0];
    for (int i = 0; i < doubles.length && wrong == null; i++) {
      if (!datatype.holds(doubles[i])) {
        wrong = at(i, doubles[i] + " is not a value of " + datatype);
      }
    }
    if (wrong != null) {
      violations.add(wrong);
      return null;
    }
    return datatype.element().dtype() == DType.FLOAT64
        ? Tensor.of(doubles, declared)
        : Tensor.of(narrow(doubles), declared);
  }

  private @Nullable Violation wrongFor(Datatype datatype, int[] declared) {
    int expected = Tensor.sizeOf(declared);
    if (size != expected) {
      String holds = "the shape " + Arrays.toString(declared) + " holds " + expected;
      return new Violation(pointer, "has " + size + " values, but " + holds);
    }
    if (shape.length > 1 && !Arrays.equals(shape, declared)) {
      String nested = "is nested as " + Arrays.toString(shape) + ", but the shape is "
          + Arrays.toString(declared);
      return new Violation(pointer, nested + "; nest it so, or not at all");
    }
    return firstBoolean == NONE || datatype == Datatype.BOOL
        ? null
        : at(
            firstBoolean, "expected a number as the datatype is " + datatype + ", found a boolean");
  }

  private Violation at(int position, String message) {
    return new Violation(Pointers.toElement(pointer, position, shape), message);
  }

  private float[] narrow(double[] doubles) {
    float[] floats = allowance.floats(doubles.length);
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}
