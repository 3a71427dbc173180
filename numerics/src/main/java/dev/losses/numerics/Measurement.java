package dev.losses.numerics;

import dev.losses.spi.DType;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** One loss in one dtype: its inputs and what is exact of them, once, and then anybody's errors. */
final class Measurement {
  private static final Map<Integer, Integer> ROWS = Map.of(1, 300, 4, 120, 10, 40);
  private static final int EXTREME_ROWS = 24;

  private final Subject subject;
  private final DType dtype;
  private final List<Part> ordinary = new ArrayList<>();
  private final List<Part> extreme = new ArrayList<>();

  private record Part(Batch batch, List<ExactRow> exact) {}

  Measurement(Subject subject, DType dtype) {
    this.subject = subject;
    this.dtype = dtype;
    Reference reference = new Reference(subject.loss(), dtype);
    for (int columns : new int[] {1, 4, 10}) {
      HardInputs inputs = new HardInputs(subject.loss(), dtype, columns);
      Batch batch = inputs.ordinary(Objects.requireNonNull(ROWS.get(columns)));
      ordinary.add(new Part(batch, exact(reference, batch)));
      Batch ends = inputs.extreme(EXTREME_ROWS);
      extreme.add(new Part(ends, exact(reference, ends)));
    }
  }

  /** The errors of the peer, or nothing where it does not have this loss. */
  Optional<Figures> of(Peer peer) {
    Worst value = new Worst(dtype);
    Worst gradient = new Worst(dtype);
    for (Part part : ordinary) {
      Optional<Answers> answers = peer.answers(subject, part.batch());
      if (answers.isEmpty()) {
        return Optional.empty();
      }
      for (int row = 0; row < part.batch().rows(); row++) {
        compare(part, row, answers.get(), value, gradient);
      }
    }
    int lost = 0;
    for (Part part : extreme) {
      Answers answers = peer.answers(subject, part.batch()).orElseThrow();
      for (int row = 0; row < part.batch().rows(); row++) {
        lost += isLost(part, row, answers) ? 1 : 0;
      }
    }
    return Optional.of(new Figures(
        subject.title(),
        dtype,
        value.ulp(),
        value.ofScale(),
        value.where(),
        gradient.ulp(),
        gradient.ofScale(),
        gradient.where(),
        lost,
        extreme.size() * EXTREME_ROWS));
  }

  private void compare(Part part, int row, Answers answers, Worst value, Worst gradient) {
    ExactRow exact = part.exact().get(row);
    Batch batch = part.batch();
    double scale = scale(batch, row);
    value.add(exact.loss(), answers.losses().get(row), scale, () -> batch.describe(row));
    if (exact.loss().isNan()) {
      // What is not defined has no slope.
      return;
    }
    answers.gradients().forEach((name, tensor) -> {
      List<Double> actual = batch.row(tensor, row);
      List<Real> expected = expected(exact, name);
      for (int i = 0; i < actual.size(); i++) {
        int element = i;
        gradient.add(
            expected.get(i),
            actual.get(i),
            scale,
            () -> batch.describe(row) + "; d/d " + name + "[" + element + "]");
      }
    });
  }

  private boolean isLost(Part part, int row, Answers answers) {
    ExactRow exact = part.exact().get(row);
    if (Worst.isLost(exact.loss(), answers.losses().get(row), dtype)) {
      return true;
    }
    if (exact.loss().isNan()) {
      return false;
    }
    for (Map.Entry<String, Tensor> gradient : answers.gradients().entrySet()) {
      List<Double> actual = part.batch().row(gradient.getValue(), row);
      List<Real> expected = expected(exact, gradient.getKey());
      if (IntStream.range(0, actual.size())
          .anyMatch(i -> Worst.isLost(expected.get(i), actual.get(i), dtype))) {
        return true;
      }
    }
    return false;
  }

  /** The largest of 1 and the row's inputs: what an error may be compared with where a loss cancels to almost nothing. */
  private static double scale(Batch batch, int row) {
    return batch.row(row).values().stream()
        .flatMap(Collection::stream)
        .mapToDouble(Math::abs)
        .reduce(1, Math::max);
  }

  private static List<Real> expected(ExactRow exact, String name) {
    return Objects.requireNonNull(exact.gradients().get(name));
  }

  private List<ExactRow> exact(Reference reference, Batch batch) {
    return IntStream.range(0, batch.rows())
        .parallel()
        .mapToObj(row -> {
          Map<String, List<Real>> inputs = new LinkedHashMap<>();
          Map<String, List<Double>> values = batch.row(row);
          for (Input input : subject.loss().inputs()) {
            List<Double> numbers = Objects.requireNonNull(values.get(input.name()));
            inputs.put(input.name(), numbers.stream().map(Real::of).toList());
          }
          return reference.evaluate(inputs, batch.columns());
        })
        .toList();
  }
}
