package dev.losses.server.exchange;

import dev.losses.engine.Reduction;
import dev.losses.spi.DType;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A choice of words for a field.
 *
 * @param find what a word stands for
 * @param all the words, for people
 */
public record Words<T>(Function<String, Optional<T>> find, String all) {
  /** How losses may be reduced. */
  public static final Words<Reduction> REDUCTIONS =
      new Words<>(Reduction::named, list(Reduction.values(), Reduction::wireName));

  /** In what losses may be computed. */
  public static final Words<DType> DTYPES = new Words<>(
      word -> Arrays.stream(DType.values())
          .filter(dtype -> dtype.wireName().equals(word))
          .findFirst(),
      list(DType.values(), DType::wireName));

  /** Yes or no, also as Python writes it. */
  public static final Words<Boolean> BOOLEANS = new Words<>(
      word -> switch (word) {
        case "true", "True", "1" -> Optional.of(true);
        case "false", "False", "0" -> Optional.of(false);
        default -> Optional.empty();
      },
      "true, false");

  private static <T> String list(T[] values, Function<T, String> word) {
    return Arrays.stream(values).map(word).collect(Collectors.joining(", "));
  }
}
