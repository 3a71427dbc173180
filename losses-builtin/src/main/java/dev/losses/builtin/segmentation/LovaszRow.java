package dev.losses.builtin.segmentation;

import java.util.Arrays;

/** The Lovasz hinge of one row: a share of the Jaccard loss for each element, from the largest error to the smallest. */
final class LovaszRow {
  private final boolean[] truth;
  private final double[] errors;
  /** The errors, ascending, each once. */
  private final double[] sorted;

  private final double[] trueShares;
  private final double[] falseShares;

  /** @param errors the hinge errors, of logits towards the truth */
  LovaszRow(boolean[] truth, double[] errors) {
    this.truth = truth;
    this.errors = errors;
    this.sorted = Arrays.stream(errors).sorted().distinct().toArray();
    this.trueShares = new double[sorted.length];
    this.falseShares = new double[sorted.length];
    int[] trueCounts = new int[sorted.length];
    int[] falseCounts = new int[sorted.length];
    int positives = 0;
    for (int i = 0; i < errors.length; i++) {
      (truth[i] ? trueCounts : falseCounts)[group(i)]++;
      positives += truth[i] ? 1 : 0;
    }
    int missed = 0;
    int wrong = 0;
    for (int group = sorted.length - 1; group >= 0; group--) {
      int allMissed = missed + trueCounts[group];
      int allWrong = wrong + falseCounts[group];
      double before = jaccard(positives, missed, wrong);
      double after = jaccard(positives, allMissed, allWrong);
      double trueFirst = jaccard(positives, allMissed, wrong);
      double falseFirst = jaccard(positives, missed, allWrong);
      trueShares[group] =
          (trueFirst - before + (after - falseFirst)) / 2 / Math.max(1, trueCounts[group]);
      falseShares[group] =
          (falseFirst - before + (after - trueFirst)) / 2 / Math.max(1, falseCounts[group]);
      missed = allMissed;
      wrong = allWrong;
    }
  }

  double loss() {
    double loss = 0;
    for (int i = 0; i < errors.length; i++) {
      double share = share(i);
      loss += share == 0 ? 0 : Math.max(errors[i], 0) * share;
    }
    return loss;
  }

  /** Adds the derivatives with respect to the logits. */
  void addGradient(double factor, double[] gradient, int from) {
    for (int i = 0; i < errors.length; i++) {
      double share = share(i);
      if (share != 0 && !(errors[i] <= 0)) {
        double slope = Double.isNaN(errors[i]) ? Double.NaN : share;
        gradient[from + i] += factor * (truth[i] ? -slope : slope);
      }
    }
  }

  private int group(int element) {
    return Arrays.binarySearch(sorted, errors[element]);
  }

  private double share(int element) {
    return (truth[element] ? trueShares : falseShares)[group(element)];
  }

  /** One minus intersection over union, when so many of the truth are missed and so many others are wrong. */
  private static double jaccard(int positives, int missed, int wrong) {
    int union = positives + wrong;
    return union == 0 ? 0 : (missed + wrong) / (double) union;
  }
}
