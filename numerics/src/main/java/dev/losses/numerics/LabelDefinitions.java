package dev.losses.numerics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The losses whose truth is a list of labels. */
final class LabelDefinitions {
  private static final int BLANK = 0;
  private static final int END = -1;

  private LabelDefinitions() {}

  static List<Dual> multilabelMargin(Example example) {
    List<Integer> targets = labels(example, END);
    Dual sum = Dual.ZERO;
    for (int target : targets) {
      for (int other = 0; other < example.columns(); other++) {
        if (!targets.contains(other)) {
          Dual lead = example.yPred().get(target).minus(example.yPred().get(other));
          sum = sum.plus(Dual.ONE.minus(lead).atLeast(0));
        }
      }
    }
    return List.of(sum.div(Dual.of(example.columns())));
  }

  /** The probabilities of all beginnings of the labels, with and without a blank behind them, step by step. */
  static List<Dual> ctc(Example example) {
    List<Integer> labels = labels(example, BLANK);
    List<Dual> endingInBlank = zeros(labels.size() + 1);
    List<Dual> endingInLabel = zeros(labels.size() + 1);
    endingInBlank.set(0, Dual.ONE);
    for (int step = 0; step < example.rows(); step++) {
      List<Dual> probabilities = softmax(example.row(step));
      // From the longest beginning to the shortest: each is made of those of the step before.
      for (int count = labels.size(); count >= 0; count--) {
        Dual blank = endingInBlank.get(count).plus(endingInLabel.get(count));
        if (count > 0) {
          int label = labels.get(count - 1);
          boolean repeats = count > 1 && labels.get(count - 2) == label;
          Dual ways = endingInLabel.get(count).plus(endingInBlank.get(count - 1));
          Dual all = repeats ? ways : ways.plus(endingInLabel.get(count - 1));
          endingInLabel.set(count, all.times(probabilities.get(label)));
        }
        endingInBlank.set(count, blank.times(probabilities.get(BLANK)));
      }
    }
    Dual probability = endingInBlank.get(labels.size()).plus(endingInLabel.get(labels.size()));
    // It is 0 where there is no alignment, and where the exponential gives up.
    boolean unknown = probability.value().isZero() && needed(labels) <= example.rows();
    return List.of(unknown ? Dual.of(Real.NAN) : probability.log().negate());
  }

  /** The steps that labels and the blanks between equal ones take. */
  private static long needed(List<Integer> labels) {
    long blanks = IntStream.range(1, labels.size())
        .filter(i -> labels.get(i).equals(labels.get(i - 1)))
        .count();
    return labels.size() + blanks;
  }

  private static List<Dual> softmax(List<Dual> logits) {
    // From the same exponentials, so that they add up to 1 whatever digits these lack.
    List<Dual> powers = Dual.powersOverLargest(logits);
    Dual sum = Dual.sum(powers);
    return powers.stream().map(power -> power.div(sum)).toList();
  }

  private static List<Integer> labels(Example example, int end) {
    return example.yTrue().stream()
        .map(label -> label.finite().intValueExact())
        .takeWhile(label -> label != end)
        .toList();
  }

  private static List<Dual> zeros(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> Dual.ZERO).toList());
  }
}
