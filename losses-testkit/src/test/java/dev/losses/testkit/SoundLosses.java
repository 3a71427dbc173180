package dev.losses.testkit;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.Losses;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Losses without a defect, of every kind there is. */
final class SoundLosses {
  private SoundLosses() {}

  @Description("One squared error for the whole batch.")
  public record OneForTheBatch() implements ArrayLoss {
    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      Tensor yPred = inputs.get("y_pred");
      double sum = 0;
      for (int i = 0; i < yPred.size(); i++) {
        sum += Math.pow(yPred.get(i) - inputs.get("y_true").get(i), 2);
      }
      Tensor loss = Tensor.zeros(yPred.dtype());
      loss.set(0, sum);
      return Losses.of(loss);
    }

    @Override
    public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
      Tensor gradient = Tensors.copy(inputs.get("y_pred"));
      for (int i = 0; i < gradient.size(); i++) {
        double error = gradient.get(i) - inputs.get("y_true").get(i);
        gradient.set(i, 2 * error * upstream.get(0));
      }
      return Map.of("y_pred", gradient);
    }
  }

  @Description("The squared distance of each row from the mean of the batch.")
  public record Spread() implements ArrayLoss {
    @Override
    public List<Input> inputs() {
      return List.of(Input.of("y_pred", Domain.EMBEDDING));
    }

    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      Tensor rows = inputs.get("y_pred");
      Tensor losses = Tensor.zeros(rows.dtype(), rows.axis(0));
      double[] sums = new double[rows.axis(0)];
      for (int i = 0; i < rows.size(); i++) {
        sums[i / rows.axis(1)] += Math.pow(fromMean(rows, i), 2);
      }
      for (int i = 0; i < sums.length; i++) {
        losses.set(i, sums[i]);
      }
      return Losses.of(losses);
    }

    @Override
    public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
      Tensor rows = inputs.get("y_pred");
      Tensor gradient = Tensor.zeros(rows.dtype(), rows.shape());
      int columns = rows.axis(1);
      for (int i = 0; i < rows.size(); i++) {
        double slope = upstream.get(i / columns) * fromMean(rows, i);
        for (int row = 0; row < rows.axis(0); row++) {
          slope -= upstream.get(row) * fromMean(rows, row * columns + i % columns) / rows.axis(0);
        }
        gradient.set(i, 2 * slope);
      }
      return Map.of("y_pred", gradient);
    }

    private static double fromMean(Tensor rows, int position) {
      double mean = 0;
      for (int i = position % rows.axis(1); i < rows.size(); i += rows.axis(1)) {
        mean += rows.get(i) / rows.axis(0);
      }
      return rows.get(position) - mean;
    }
  }

  @Description("Half the squares of sequences of logits, which labels of another length follow.")
  public record OfSequences() implements ArrayLoss {
    @Override
    public List<Input> inputs() {
      return List.of(
          Input.of("y_true", Domain.CLASS_INDEX).free(),
          Input.of("y_pred", Domain.LOGIT).free());
    }

    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      Tensor logits = inputs.get("y_pred");
      if (logits.rank() != 3) {
        throw new IllegalArgumentException(
            "needs [batch, time, classes], not " + Arrays.toString(logits.shape()));
      }
      Tensor losses = Tensor.zeros(logits.dtype(), logits.axis(0));
      double[] sums = new double[logits.axis(0)];
      for (int i = 0; i < logits.size(); i++) {
        sums[i / Tensors.rowLength(logits)] += logits.get(i) * logits.get(i) / 2;
      }
      for (int i = 0; i < sums.length; i++) {
        losses.set(i, sums[i]);
      }
      return Losses.of(losses);
    }

    @Override
    public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
      Tensor gradient = Tensors.copy(inputs.get("y_pred"));
      for (int i = 0; i < gradient.size(); i++) {
        double factor = upstream.get(i / Tensors.rowLength(gradient));
        gradient.set(i, factor == 0 ? 0 : factor * gradient.get(i));
      }
      return Map.of("y_pred", gradient);
    }
  }

  @Description("The margin between a near and a far neighbour.")
  public record Triplet(@Description("The margin.") double margin) implements NamedInputsLoss {
    public Triplet() {
      this(1);
    }

    @Override
    public List<Input> inputs() {
      return List.of(
          Input.of("anchor", Domain.EMBEDDING),
          Input.of("positive", Domain.EMBEDDING),
          Input.of("negative", Domain.EMBEDDING));
    }

    @Override
    public Expr loss(Inputs in) {
      Expr anchor = in.get("anchor");
      Expr near = anchor.minus(in.get("positive")).norm(2);
      Expr far = anchor.minus(in.get("negative")).norm(2);
      return near.minus(far).plus(margin).maximum(0);
    }
  }

  @Description("Cross-entropy with a weight for each of four classes.")
  public record FourClasses(
      @Description("A weight for each class.") List<Double> weights) implements NamedInputsLoss {
    public FourClasses() {
      this(List.of(1.0, 2.0, 0.5, 3.0));
    }

    @Override
    public List<Input> inputs() {
      return List.of(
          Input.of("y_true", Domain.CLASS_INDEX).perRow(), Input.of("y_pred", Domain.LOGIT));
    }

    @Override
    public Expr loss(Inputs in) {
      Expr label = in.get("y_true");
      Expr weight = Expr.perClass(weights).at(label);
      return in.get("y_pred").logSoftmax().at(label).unaryMinus().times(weight).countedAs(weight);
    }
  }
}
