package dev.losses.testkit;

import dev.losses.api.LossException;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where losses tend to have kinks: round numbers, equal inputs, errors of the size of a parameter. */
final class Kinks {
  /** A parameter beyond is no size of an error. */
  private static final double LARGEST = 1000;

  private static final long SEED = 5;

  private Kinks() {}

  /**
   * One element of an input, one for each row, and what it is set to.
   *
   * @param beside the input to whose value {@code value} is added, or null
   */
  private record Place(Input input, double value, @Nullable Input beside) {}

  /** A batch with a kink in every row, as far as the loss is finite there. */
  static Map<String, Tensor> of(Subject subject) {
    List<Place> places = places(subject);
    int rows = Math.max(2, places.size());
    Map<String, Tensor> batch = Tensors.copy(subject.draw(rows, subject.columns(), SEED));
    for (int row = 0; row < places.size(); row++) {
      put(subject, batch, places.get(row), row);
    }
    return batch;
  }

  private static void put(Subject subject, Map<String, Tensor> batch, Place place, int row) {
    Tensor tensor = batch.get(place.input.name());
    Tensor other = place.beside == null ? null : batch.get(place.beside.name());
    if (tensor == null || (other != null && !Arrays.equals(other.shape(), tensor.shape()))) {
      return;
    }
    int length = Tensors.rowLength(tensor);
    int position = row * length + row % length;
    double before = tensor.get(position);
    double value = place.value + (other == null ? 0 : other.get(position));
    if (Draws.isInside(place.input.domain(), value)) {
      tensor.set(position, value);
      if (!isFinite(subject, batch)) {
        tensor.set(position, before);
      }
    }
  }

  private static boolean isFinite(Subject subject, Map<String, Tensor> batch) {
    try {
      LossInputs copy = LossInputs.named(Tensors.copy(batch));
      return Double.isFinite(subject.loss().evaluate(copy, Reduction.SUM).value());
    } catch (LossException e) {
      return false;
    }
  }

  private static List<Place> places(Subject subject) {
    Set<Double> sizes = sizes(subject);
    List<Input> numbers =
        subject.inputs().stream().filter(input -> !input.domain().isLabel()).toList();
    List<Place> places = new ArrayList<>();
    for (Input input : numbers) {
      boolean probability = input.domain() == Domain.PROBABILITY;
      Stream<Double> alone = probability ? Stream.of(0.0, 0.5, 1.0) : sizes.stream();
      alone.forEach(value -> places.add(new Place(input, value, null)));
    }
    for (Input input : numbers) {
      for (Input other : numbers) {
        if (input.differentiable() && !input.name().equals(other.name())) {
          sizes.forEach(value -> places.add(new Place(input, value, other)));
        }
      }
    }
    return places.stream()
        .filter(place -> place.beside != null || Draws.isInside(place.input.domain(), place.value))
        .toList();
  }

  /** 0, 1 and -1, and the parameters with either sign. */
  private static Set<Double> sizes(Subject subject) {
    Set<Double> sizes = new TreeSet<>(List.of(0.0, 1.0, -1.0));
    subject.loss().parameters().values().stream()
        .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.ofNullable(value))
        .filter(Number.class::isInstance)
        .mapToDouble(value -> ((Number) value).doubleValue())
        .filter(value -> value != 0 && Math.abs(value) <= LARGEST)
        .forEach(value -> {
          sizes.add(value);
          sizes.add(-value);
        });
    return sizes;
  }
}
