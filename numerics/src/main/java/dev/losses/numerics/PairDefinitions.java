package dev.losses.numerics;

import dev.losses.builtin.similarity.Circle;
import dev.losses.builtin.similarity.DistanceMetric;
import dev.losses.builtin.similarity.TripletHard;
import dev.losses.builtin.similarity.TripletSemihard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The losses that compare the rows of a batch. */
final class PairDefinitions {
  private static final double SHORTEST = 1e-7;

  private PairDefinitions() {}

  static List<Dual> semihard(TripletSemihard loss, Example example) {
    List<List<Dual>> distances = distances(example, loss.distanceMetric());
    return forEachRow(example, row -> {
      List<Dual> negatives = pick(distances.get(row), example.negatives(row));
      return Dual.sum(pick(distances.get(row), example.positives(row)).stream()
          .map(positive -> semihard(loss.margin(), positive, negatives))
          .toList());
    });
  }

  private static Dual semihard(double margin, Dual positive, List<Dual> negatives) {
    List<Dual> further = negatives.stream()
        .filter(negative -> positive.value().isLess(negative.value()))
        .toList();
    Dual negative = negatives.isEmpty()
        ? Dual.ZERO
        : further.isEmpty() ? Dual.largest(negatives) : Dual.smallest(further);
    // A negative as far as the positive may be further after a step: a jump.
    Dual jump = positive.amongTies(negatives).minus(positive);
    return positive.minus(negative).plus(Dual.of(margin)).atLeast(0).plus(jump);
  }

  static List<Dual> hard(TripletHard loss, Example example) {
    List<List<Dual>> distances = distances(example, loss.distanceMetric());
    return forEachRow(example, row -> {
      List<Dual> positives = pick(distances.get(row), example.positives(row));
      List<Dual> negatives = pick(distances.get(row), example.negatives(row));
      Dual furthest = positives.isEmpty() ? Dual.ZERO : Dual.largest(positives);
      Dual difference = negatives.isEmpty() ? Dual.ZERO : furthest.minus(Dual.smallest(negatives));
      return loss.soft()
          ? difference.softplus()
          : difference.plus(Dual.of(loss.margin())).atLeast(0);
    });
  }

  static List<Dual> circle(Circle loss, Example example) {
    List<List<Dual>> distances =
        table(rows(example), (x, y) -> Dual.ONE.minus(Dual.product(x, y)).atLeast(0));
    Dual margin = Dual.of(loss.margin());
    return forEachRow(example, row -> {
      List<Integer> rows = new ArrayList<>(example.positives(row));
      if (!loss.removeDiagonal()) {
        rows.add(row);
      }
      List<Dual> positives = pick(distances.get(row), rows).stream()
          .map(d -> margin.plus(d).atLeast(0).times(d.minus(margin)).times(loss.gamma()))
          .toList();
      List<Dual> negatives = pick(distances.get(row), example.negatives(row)).stream()
          .map(Dual.ONE::minus)
          .map(s -> s.plus(margin).atLeast(0).times(s.minus(margin)).times(loss.gamma()))
          .toList();
      return positives.isEmpty() || negatives.isEmpty()
          ? Dual.ZERO
          : Dual.logSumExp(positives).plus(Dual.logSumExp(negatives)).softplus();
    });
  }

  static List<Dual> npairs(Example example) {
    return forEachRow(example, row -> {
      List<Integer> sameClass = new ArrayList<>(example.positives(row));
      sameClass.add(row);
      return crossEntropy(example.row(row), pick(example.row(row), sameClass));
    });
  }

  /** InfoNCE and the supervised contrastive loss. */
  static List<Dual> softmaxOverOthers(double temperature, Example example) {
    List<List<Dual>> units = rows(example).stream().map(PairDefinitions::unit).toList();
    List<List<Dual>> cosines = table(units, Dual::product);
    return forEachRow(example, row -> {
      List<Integer> others = new ArrayList<>(example.positives(row));
      others.addAll(example.negatives(row));
      List<Dual> scores = cosines.get(row).stream()
          .map(cosine -> cosine.div(Dual.of(temperature)))
          .toList();
      List<Dual> positives = pick(scores, example.positives(row));
      return positives.isEmpty() ? Dual.ZERO : crossEntropy(pick(scores, others), positives);
    });
  }

  /** The mean over the targets of what the softmax of all lacks to be certain of them. */
  private static Dual crossEntropy(List<Dual> all, List<Dual> targets) {
    Dual mean = Dual.sum(targets).div(Dual.of(targets.size()));
    return Dual.logSumExp(all).minus(mean);
  }

  private static List<Dual> unit(List<Dual> row) {
    Dual length = Dual.norm(row).atLeast(SHORTEST);
    return row.stream().map(x -> x.div(length)).toList();
  }

  private static List<List<Dual>> distances(Example example, DistanceMetric metric) {
    return table(rows(example), (x, y) -> {
      List<Dual> differences =
          IntStream.range(0, x.size()).mapToObj(i -> x.get(i).minus(y.get(i))).toList();
      return metric == DistanceMetric.EUCLIDEAN
          ? Dual.norm(differences)
          : Dual.product(differences, differences);
    });
  }

  /** A symmetric function of each two rows; of a row and itself too. */
  private static List<List<Dual>> table(
      List<List<Dual>> rows, BiFunction<List<Dual>, List<Dual>, Dual> function) {
    List<List<Dual>> table = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<Dual> line = new ArrayList<>();
      for (int other = 0; other < rows.size(); other++) {
        line.add(
            other < row
                ? table.get(other).get(row)
                : function.apply(rows.get(row), rows.get(other)));
      }
      table.add(line);
    }
    return table;
  }

  private static List<List<Dual>> rows(Example example) {
    return IntStream.range(0, example.rows()).mapToObj(example::row).toList();
  }

  private static List<Dual> forEachRow(Example example, IntFunction<Dual> loss) {
    return IntStream.range(0, example.rows()).mapToObj(loss).toList();
  }

  private static List<Dual> pick(List<Dual> all, List<Integer> positions) {
    return positions.stream().map(all::get).toList();
  }
}
