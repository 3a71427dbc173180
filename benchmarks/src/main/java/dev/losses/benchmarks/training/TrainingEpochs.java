package dev.losses.benchmarks.training;

import dev.losses.nd4j.Nd4jLoss;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Times epochs of the same network with DL4J's loss and with ours in turn, and prints a table of ratios. */
public final class TrainingEpochs {
  private static final int WARM_UP = 20;
  private static final int PAIRS = 60;

  /** Small, as many a regression has; the course's classifier; a wide output, where the loss weighs most. */
  private static final List<Shape> SHAPES = List.of(
      new Shape(13, List.of(64), 1, 32, 60),
      new Shape(784, List.of(128, 128), 10, 128, 12),
      new Shape(64, List.of(256), 100, 1024, 3));

  private TrainingEpochs() {}

  public static void main(String[] args) {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    System.out.println(
        "| network | batch | loss | DL4J / ours, median of " + PAIRS + " | middle half |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (Shape shape : SHAPES) {
      for (Contest contest : contests()) {
        if (shape.outputs() > 1 || contest.activation() != Activation.SOFTMAX) {
          print(shape, contest);
        }
      }
    }
  }

  private static List<Contest> contests() {
    Nd4jLoss mse = Nd4jLoss.named("mean_squared_error");
    Nd4jLoss bce = Nd4jLoss.named("binary_crossentropy");
    return List.of(
        new Contest(new LossMSE(), mse, Activation.IDENTITY),
        new Contest(new LossMAE(), Nd4jLoss.named("mean_absolute_error"), Activation.IDENTITY),
        new Contest(new LossL2(), mse.summedOverOutputs(), Activation.TANH),
        new Contest(new LossBinaryXENT(), bce.summedOverOutputs(), Activation.SIGMOID),
        new Contest(
            new LossMCXENT(), Nd4jLoss.named("categorical_crossentropy"), Activation.SOFTMAX));
  }

  private static void print(Shape shape, Contest contest) {
    Epoch theirs = shape.epoch(contest.theirs(), contest.activation());
    Epoch ours = shape.epoch(contest.ours(), contest.activation());
    List<Double> ratios = new ArrayList<>();
    for (int pair = -WARM_UP; pair < PAIRS; pair++) {
      // The one that goes first is not always the same.
      boolean theirsFirst = pair % 2 == 0;
      long first = (theirsFirst ? theirs : ours).nanoseconds();
      long second = (theirsFirst ? ours : theirs).nanoseconds();
      if (pair >= 0) {
        ratios.add(theirsFirst ? (double) first / second : (double) second / first);
      }
    }
    Collections.sort(ratios);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %s | %.2f | %.2f to %.2f |%n",
        shape.layers(),
        shape.batch(),
        contest.theirs().getClass().getSimpleName(),
        ratios.get(PAIRS / 2),
        ratios.get(PAIRS / 4),
        ratios.get(PAIRS - 1 - PAIRS / 4));
  }

  /** Their loss, ours of the same formula, and the activation before both. */
  private record Contest(ILossFunction theirs, Nd4jLoss ours, Activation activation) {}
}
