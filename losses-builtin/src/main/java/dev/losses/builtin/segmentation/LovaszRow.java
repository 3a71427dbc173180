package dev.losses.builtin.segmentation;

import java.util.Arrays;

/**
 * The Lovasz hinge of one row: a share of the Jaccard loss for each element, from the largest error to the smallest. Errors
 * are 1 less the leads; these are compared, since they are not rounded.
 */
final class LovaszRow {
  private final boolean[] truth;
  /** One lead that is not a number leaves the order open, and with it every share. */
  private final boolean unordered;

  private final double[] leads;
  /** The leads, ascending, each once. */
  private final double[] sorted;

  private final double[] trueShares;
  private final double[] falseShares;

  /** @param leads the logits, negated where the truth is 0 */
  LovaszRow(boolean[] truth, double[] leads) {
    this.truth = truth;
    this.leads = leads;
    this.unordered = Arrays.stream(leads).anyMatch(Double::isNaN);
    this.sorted = Arrays.stream(leads).sorted().distinct().toArray();
    this.trueShares = new double[sorted.length];
    this.falseShares = new double[sorted.length];
    int[] trueCounts = new int[sorted.length];
    int[] falseCounts = new int[sorted.length];
    int positives = 0;
    for (int i = 0; i < leads.length; i++) {
      (truth[i] ? trueCounts : falseCounts)[group(i)]++;
      positives += truth[i] ? 1 : 0;
    }
    int missed = 0;
    int wrong = 0;
    for (int group = 0; group < sorted.length; group++) {
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
    double loss = unordered ? Double.NaN : 0;
    for (int i = 0; i < leads.length; i++) {
      double share = share(i);
      loss += share == 0 ? 0 : Math.max(1 - leads[i], 0) * share;
    }
    return loss;
  }

  /** Adds the derivatives with respect to the logits. */
  void addGradient(double factor, double[] gradient, int from) {
    for (int i = 0; i < leads.length; i++) {
      double share = unordered ? Double.NaN : share(i);
      if (share != 0 && !(leads[i] >= 1)) {
        gradient[from + i] += factor * (truth[i] ? -share : share);
      }
    }
  }

  private int group(int element) {
    return Arrays.binarySearch(sorted, leads[element]);
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
