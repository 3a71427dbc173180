package dev.losses.testkit;

import dev.losses.api.ExampleInputs;
import dev.losses.api.Loss;
import dev.losses.api.LossException;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.spi.Domain;
import dev.losses.spi.Extent;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Inputs drawn from the domains that a loss declares, in a shape that it takes. */
final class Draws {
  /** Smaller than what separates example values from the end of their domain, and from each other. */
  private static final double JITTER = 0.004;

  private static final int COLUMNS = 3;

  /** The shapes that losses take. A free input has one of its own, which no declaration tells. */
  private enum Form {
    ROWS,
    /** As many columns as rows: similarities of every row with every row. */
    SQUARE,
    /** A free input of numbers holds a sequence of rows for each row of the others. */
    SEQUENCES
  }

  private final Loss loss;
  private final List<Input> inputs;
  private final Form form;
  private final int columns;
  private final @Nullable String refusal;

  private Draws(Loss loss, Form form, int columns, @Nullable String refusal) {
    this.loss = loss;
    this.inputs = loss.inputs();
    this.form = form;
    this.columns = columns;
    this.refusal = refusal;
  }

  /** Draws in the first form that the loss takes. */
  static Draws acceptedBy(Loss loss) {
    String refusal = null;
    for (Form form : Form.values()) {
      for (int columns : columns(loss)) {
        Draws draws = new Draws(loss, form, columns, null);
        try {
          loss.evaluate(LossInputs.named(draws.any(Subject.ROWS, columns, 1)));
          return draws;
        } catch (LossException e) {
          refusal = refusal == null ? String.valueOf(e.getMessage()) : refusal;
        }
      }
    }
    return new Draws(loss, Form.ROWS, COLUMNS, refusal);
  }

  /** A list may hold a number for each class, and then tells how many there are. */
  private static List<Integer> columns(Loss loss) {
    return Stream.concat(
            Stream.of(COLUMNS),
            loss.parameters().values().stream()
                .filter(List.class::isInstance)
                .map(value -> ((List<?>) value).size())
                .filter(size -> size > 1))
        .distinct()
        .toList();
  }

  int columns() {
    return columns;
  }

  /** Why no form is taken; null when one is. */
  @Nullable
  String refusal() {
    return refusal;
  }

  /** Without negative numbers where only that gives a finite value. */
  Map<String, Tensor> finite(int rows, int columns, long seed) {
    Map<String, Tensor> any = any(rows, columns, seed);
    if (isFinite(any)) {
      return any;
    }
    Map<String, Tensor> nonNegative = nonNegative(rows, columns, seed);
    return isFinite(nonNegative) ? nonNegative : any;
  }

  Map<String, Tensor> nonNegative(int rows, int columns, long seed) {
    Map<String, Tensor> drawn = new LinkedHashMap<>(any(rows, columns, seed));
    for (Input input : inputs) {
      if (!input.domain().isLabel()) {
        drawn.computeIfPresent(input.name(), (name, tensor) -> Tensors.map(tensor, Math::abs));
      }
    }
    return drawn;
  }

  Map<String, Tensor> any(int rows, int columns, long seed) {
    int width = form == Form.SQUARE ? rows : columns;
    int steps = 2 * columns;
    Map<String, Tensor> drawn = new LinkedHashMap<>(ExampleInputs.of(inputs, rows, width, seed));
    Map<String, Tensor> sequences =
        form == Form.SEQUENCES ? ExampleInputs.of(inputs, rows, steps * columns, seed) : Map.of();
    SplittableRandom random = new SplittableRandom(seed);
    for (Input input : inputs) {
      if (!input.domain().isLabel()) {
        if (form == Form.SEQUENCES && input.extent() == Extent.FREE) {
          drawn.computeIfPresent(
              input.name(),
              (name, tensor) ->
                  reshaped(sequences.getOrDefault(name, tensor), rows, steps, columns));
        }
        // Short decimals tie all too often where a loss compares distances.
        drawn.computeIfPresent(
            input.name(),
            (name, tensor) -> Tensors.map(tensor, value -> value + JITTER * random.nextDouble()));
      }
    }
    return drawn;
  }

  private static Tensor reshaped(Tensor tensor, int... shape) {
    return tensor.size() == Tensor.sizeOf(shape) ? Tensor.of(tensor.doubles(), shape) : tensor;
  }

  private boolean isFinite(Map<String, Tensor> drawn) {
    try {
      return Tensors.isFinite(
          loss.evaluate(LossInputs.named(Tensors.copy(drawn)), Reduction.NONE).losses());
    } catch (LossException e) {
      return false;
    }
  }

  /** Whether a value lies in a domain, where it is one of numbers. */
  static boolean isInside(Domain domain, double value) {
    return switch (domain) {
      case REAL, LOGIT, EMBEDDING -> true;
      case PROBABILITY -> value >= 0 && value <= 1;
      case DISTANCE -> value >= 0;
      case POSITIVE -> value > 0;
      case CLASS_INDEX, HINGE_LABEL, SIGN, ONE_HOT -> false;
    };
  }
}
