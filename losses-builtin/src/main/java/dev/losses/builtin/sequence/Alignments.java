package dev.losses.builtin.sequence;

import dev.losses.builtin.internal.Interruption;
import dev.losses.builtin.internal.LogSumExp;
import java.util.Arrays;

/**
 * All alignments of one sequence of labels with its logits. An alignment walks over the states blank, label, blank, ...,
 * label, blank: at each step it stays, goes on to the next state, or skips a blank between two different labels.
 */
final class Alignments {
  private static final int BLANK = 0;

  private final int classes;
  private final int steps;
  /** The class of each state. */
  private final int[] states;

  private final double[] logProbabilities;
  /** By step and state: the log-probability of all ways that are there by then. */
  private final double[] forward;

  private final double logProbability;

  /** @param logits of every class at every step */
  Alignments(int[] labels, double[] logits, int classes) {
    this.classes = classes;
    this.steps = logits.length / classes;
    this.states = new int[2 * labels.length + 1];
    for (int i = 0; i < labels.length; i++) {
      states[2 * i + 1] = labels[i];
    }
    this.logProbabilities = logSoftmax(logits, classes);
    this.forward = forward();
    int last = steps * states.length - 1;
    this.logProbability = labels.length == 0
        ? forward[last]
        : LogSumExp.of(forward[last], forward[last - 1]).value();
  }

  double loss() {
    // Not -0 where the labels are certain.
    return 0 - logProbability;
  }

  /** Adds the derivatives with respect to the logits; none where there is no alignment. */
  void addGradient(double factor, double[] gradient, int from) {
    if (logProbability == Double.NEGATIVE_INFINITY) {
      return;
    }
    double[] backward = new double[states.length];
    for (int step = steps - 1; step >= 0; step--) {
      Interruption.check();
      backward = step == steps - 1 ? ends() : backward(step, backward);
      int at = from + step * classes;
      for (int c = 0; c < classes; c++) {
        gradient[at + c] += factor * Math.exp(logProbabilities[step * classes + c]);
      }
      for (int state = 0; state < states.length; state++) {
        double ways = forward[step * states.length + state] + backward[state];
        if (ways != Double.NEGATIVE_INFINITY) {
          gradient[at + states[state]] -= factor * Math.exp(ways - logProbability);
        }
      }
    }
  }

  private double[] forward() {
    double[] ways = new double[steps * states.length];
    Arrays.fill(ways, Double.NEGATIVE_INFINITY);
    for (int state = 0; state < Math.min(2, states.length); state++) {
      ways[state] = logProbability(0, state);
    }
    for (int step = 1; step < steps; step++) {
      Interruption.check();
      int before = (step - 1) * states.length;
      for (int state = 0; state < states.length; state++) {
        double stay = ways[before + state];
        double next = state > 0 ? ways[before + state - 1] : Double.NEGATIVE_INFINITY;
        double skip = skipsTo(state) ? ways[before + state - 2] : Double.NEGATIVE_INFINITY;
        ways[step * states.length + state] = sum(stay, next, skip) + logProbability(step, state);
      }
    }
    return ways;
  }

  /** By state: the log-probability of all ways to an end after the last step. */
  private double[] ends() {
    double[] ways = new double[states.length];
    Arrays.fill(ways, Double.NEGATIVE_INFINITY);
    Arrays.fill(ways, Math.max(0, states.length - 2), states.length, 0);
    return ways;
  }

  /** By state: the log-probability of all ways from there to an end, after this step. */
  private double[] backward(int step, double[] after) {
    double[] ways = new double[states.length];
    for (int state = 0; state < states.length; state++) {
      double stay = after[state] + logProbability(step + 1, state);
      double next = state + 1 < states.length
          ? after[state + 1] + logProbability(step + 1, state + 1)
          : Double.NEGATIVE_INFINITY;
      double skip = state + 2 < states.length && skipsTo(state + 2)
          ? after[state + 2] + logProbability(step + 1, state + 2)
          : Double.NEGATIVE_INFINITY;
      ways[state] = sum(stay, next, skip);
    }
    return ways;
  }

  private boolean skipsTo(int state) {
    return state > 1 && states[state] != BLANK && states[state] != states[state - 2];
  }

  private double logProbability(int step, int state) {
    return logProbabilities[step * classes + states[state]];
  }

  private static double sum(double stay, double next, double skip) {
    return LogSumExp.of(stay, next, skip).value();
  }

  private static double[] logSoftmax(double[] logits, int classes) {
    double[] result = new double[logits.length];
    for (int from = 0; from < logits.length; from += classes) {
      LogSumExp all = LogSumExp.of(Arrays.copyOfRange(logits, from, from + classes));
      for (int c = from; c < from + classes; c++) {
        result[c] = -all.minus(logits[c]);
      }
    }
    return result;
  }
}
