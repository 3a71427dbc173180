package dev.losses.server.json;

import dev.losses.engine.Mask;
import dev.losses.engine.Violation;
import dev.losses.server.codec.Allowance;
import dev.losses.spi.Tensor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Reads arrays that are written as nested lists, or as a single value. */
final class JsonArrays {
  private final JsonParser parser;
  private final Allowance allowance;

  JsonArrays(JsonParser parser, Allowance allowance) {
    this.parser = parser;
    this.allowance = allowance;
  }

  /** An array, or what is wrong with it. */
  record Result<T>(@Nullable T value, @Nullable Violation violation) {}

  /** The numbers at the parser's current token, which the pointer names. */
  Result<Tensor> tensor(String pointer) {
    Numbers numbers = new Numbers(allowance);
    NestedLists lists = new NestedLists(parser, pointer, numbers);
    Violation violation = lists.read();
    return violation == null
        ? new Result<>(Tensor.of(numbers.toArray(), lists.shape()), null)
        : new Result<>(null, violation);
  }

  /** The mask at the parser's current token, which the pointer names. */
  Result<Mask> mask(String pointer) {
    Booleans booleans = new Booleans(allowance);
    NestedLists lists = new NestedLists(parser, pointer, booleans);
    Violation violation = lists.read();
    return violation == null
        ? new Result<>(new Mask(booleans.toArray(), lists.shape()), null)
        : new Result<>(null, violation);
  }
}
