package dev.losses.numerics;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** One loss in one dtype: its inputs and what is exact of them, once, and then anybody's errors. */
final class Measurement {
  private static final double MOST_UNDEFINED = 0.25;

  private final Subject subject;
  private final DType dtype;
  private final List<Part> ordinary;
  private final List<Part> extreme;

  private record Part(Batch batch, List<ExactRow> exact) {}

  Measurement(Subject subject, DType dtype) {
    this.subject = subject;
    this.dtype = dtype;
    Yardstick yardstick = Yardstick.of(subject.loss(dtype), dtype);
    this.ordinary = parts(yardstick.exact(), yardstick.ordinary());
    this.extreme = parts(yardstick.exact(), yardstick.extreme());
    mustBeDefined();
  }

  /** What has no exact value is passed over, so it must be the exception. */
  private void mustBeDefined() {
    List<ExactRow> rows =
        ordinary.stream().flatMap(part -> part.exact().stream()).toList();
    long undefined =
        rows.stream().filter(row -> row.losses().stream().anyMatch(Real::isNan)).count();
    if (undefined > MOST_UNDEFINED * rows.size()) {
      throw new IllegalStateException(subject.title() + " has no value for " + undefined + " of "
          + rows.size() + " rows; draw others");
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
        extreme.stream().mapToInt(part -> part.batch().rows()).sum()));
  }

  private void compare(Part part, int row, Answers answers, Worst value, Worst gradient) {
    ExactRow exact = part.exact().get(row);
    Batch batch = part.batch();
    double scale = scale(batch, row);
    List<Double> losses = batch.row(answers.losses(), row);
    for (int i = 0; i < losses.size(); i++) {
      if (exact.losses().get(i).isNan()) {
        continue;
      }
      String place = losses.size() > 1 ? "; loss[" + i + "]" : "";
      value.add(exact.losses().get(i), losses.get(i), scale, () -> batch.describe(row) + place);
    }
    if (exact.losses().stream().anyMatch(Real::isNan)) {
      // What is not defined has no slope.
      return;
    }
    answers.gradients().forEach((name, tensor) -> {
      List<Double> actual = batch.row(tensor, row);
      List<Real> expected = expected(exact, name);
      for (int i = 0; i < actual.size(); i++) {
        if (expected.get(i).isNan()) {
          // A kink.
          continue;
        }
        String place = "; d/d " + name + "[" + i + "]";
        gradient.add(expected.get(i), actual.get(i), scale, () -> batch.describe(row) + place);
      }
    });
  }

  private boolean isLost(Part part, int row, Answers answers) {
    ExactRow exact = part.exact().get(row);
    if (anyLost(exact.losses(), part.batch().row(answers.losses(), row))) {
      return true;
    }
    if (exact.losses().stream().anyMatch(Real::isNan)) {
      return false;
    }
    for (Map.Entry<String, Tensor> gradient : answers.gradients().entrySet()) {
      List<Double> actual = part.batch().row(gradient.getValue(), row);
      if (anyLost(expected(exact, gradient.getKey()), actual)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyLost(List<Real> expected, List<Double> actual) {
    return IntStream.range(0, actual.size())
        .filter(i -> !expected.get(i).isNan())
        .anyMatch(i -> Worst.isLost(expected.get(i), actual.get(i), dtype));
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

  private static List<Part> parts(ExactLoss loss, List<Batch> batches) {
    return batches.parallelStream()
        .map(batch -> new Part(batch, exact(loss, batch)))
        .toList();
  }

  private static List<ExactRow> exact(ExactLoss loss, Batch batch) {
    return IntStream.range(0, batch.rows())
        .parallel()
        .mapToObj(row -> {
          Map<String, List<Real>> inputs = new LinkedHashMap<>();
          batch
              .row(row)
              .forEach((name, values) ->
                  inputs.put(name, values.stream().map(Real::of).toList()));
          return loss.evaluate(inputs, batch.columns());
        })
        .toList();
  }
}
