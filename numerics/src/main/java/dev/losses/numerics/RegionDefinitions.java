package dev.losses.numerics;

import dev.losses.builtin.segmentation.FocalTversky;
import dev.losses.builtin.segmentation.Tversky;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The losses of regions, each over a whole batch. */
final class RegionDefinitions {
  private static final Dual EPSILON = Dual.of(1e-7);

  private RegionDefinitions() {}

  static List<Dual> dice(Example example) {
    Dual both = overlap(example);
    return List.of(Dual.ONE.minus(both.times(2).div(sizes(example).plus(EPSILON))));
  }

  static List<Dual> jaccard(Example example) {
    Dual both = overlap(example);
    return List.of(Dual.ONE.minus(both.div(sizes(example).minus(both).plus(EPSILON))));
  }

  static List<Dual> tversky(Tversky loss, Example example) {
    return List.of(tversky(loss.alpha(), loss.beta(), example));
  }

  static List<Dual> focalTversky(FocalTversky loss, Example example) {
    Dual tversky = tversky(loss.alpha(), loss.beta(), example).atLeast(0);
    return List.of(tversky.pow(loss.gamma()));
  }

  private static Dual tversky(double alpha, double beta, Example example) {
    Dual both = overlap(example);
    Dual falsePositives = Dual.sum(example.yPred()).minus(both);
    Dual falseNegatives = Dual.sum(truth(example)).minus(both);
    Dual all = both.plus(falsePositives.times(alpha)).plus(falseNegatives.times(beta));
    return Dual.ONE.minus(both.div(all.plus(EPSILON)));
  }

  /**
   * Lovasz hinge of a row. The extension of the Jaccard loss, which is submodular, is the largest that any order of the
   * elements gives.
   */
  static List<Dual> lovaszHinge(Example example) {
    List<Dual> errors = IntStream.range(0, example.columns())
        .mapToObj(i -> Dual.ONE
            .minus(example.yPred().get(i).times(isTrue(example, i) ? 1 : -1))
            .atLeast(0))
        .toList();
    List<Dual> sums = new ArrayList<>();
    visitOrders(example, errors, List.of(), Dual.ZERO, sums);
    return List.of(Dual.largest(sums));
  }

  private static void visitOrders(
      Example example, List<Dual> errors, List<Integer> wrong, Dual sum, List<Dual> sums) {
    if (wrong.size() == errors.size()) {
      sums.add(sum);
    }
    for (int next = 0; next < errors.size(); next++) {
      if (!wrong.contains(next)) {
        List<Integer> more = new ArrayList<>(wrong);
        more.add(next);
        Real share = jaccardOfWrong(example, more).minus(jaccardOfWrong(example, wrong));
        visitOrders(example, errors, more, sum.plus(errors.get(next).times(Dual.of(share))), sums);
      }
    }
  }

  /** One minus intersection over union, where these elements are predicted wrongly and the others rightly. */
  private static Real jaccardOfWrong(Example example, List<Integer> wrong) {
    int intersection = 0;
    int union = 0;
    for (int i = 0; i < example.columns(); i++) {
      boolean predicted = isTrue(example, i) != wrong.contains(i);
      intersection += isTrue(example, i) && predicted ? 1 : 0;
      union += isTrue(example, i) || predicted ? 1 : 0;
    }
    return union == 0 ? Real.ZERO : Real.ONE.minus(Real.of(intersection).div(Real.of(union)));
  }

  private static boolean isTrue(Example example, int element) {
    return example.yTrue().get(element).isSame(Real.ONE);
  }

  private static Dual overlap(Example example) {
    return Dual.product(truth(example), example.yPred());
  }

  /** Of the truth and of the prediction. */
  private static Dual sizes(Example example) {
    return Dual.sum(truth(example)).plus(Dual.sum(example.yPred()));
  }

  private static List<Dual> truth(Example example) {
    return example.yTrue().stream().map(Dual::of).toList();
  }
}
