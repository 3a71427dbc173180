package com.example.training;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a Siamese network to tell whether two images of Fashion-MNIST are of one class. */
@Command(
    name = "siamese",
    showDefaultValues = true,
    description = "Trains a Siamese network to tell whether two images of clothes are of one kind.")
final class Siamese implements Callable<Integer> {
  private static final int BATCH = 128;
  private static final int POINTS_OF_THE_CURVE = 100;
  private static final long SEED = 42;

  @Option(names = "--data", description = "Folder with the four .gz files of Fashion-MNIST.")
  private Path data = Path.of("/usr/share/datasets/fashion-mnist");

  @Option(names = "--epochs", description = "How often every training pair is shown.")
  private int epochs = 6;

  @Option(names = "--pairs", description = "How many training pairs to use, at most.")
  private int limit = 200_000;

  @Option(
      names = "--out",
      defaultValue = "${sys:training.out:-.}",
      description = "Folder for the pictures, siamese-loss.svg and siamese-pairs.svg.")
  private Path directory = Path.of(".");

  private final PrintStream out;

  Siamese(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    Training.atLeast(1, "--epochs", epochs);
    Training.atLeast(2, "--pairs", limit);
    Training.makeFolder("--out", directory);
    Random random = new Random(SEED);
    Pairs train = Pairs.of(FashionMnist.read(data, "train"), limit, random);
    Pairs test = Pairs.of(FashionMnist.read(data, "t10k"), Integer.MAX_VALUE, random);

    SiameseNetwork network = new SiameseNetwork(SEED);
    LossCurve curve = train(network, train, test, random);

    Evaluation tested = network.evaluate(test);
    out.println("train  " + network.evaluate(train));
    out.println("test   " + tested);
    out.println("loss curve: " + curve.write(directory, "siamese-loss.svg"));
    out.println("test pairs: " + PairPicture.write(tested, directory, "siamese-pairs.svg"));
    return 0;
  }

  private LossCurve train(SiameseNetwork network, Pairs train, Pairs test, Random random) {
    List<LossCurve.Point> losses = new ArrayList<>();
    List<LossCurve.Point> testLosses = new ArrayList<>();
    int batches = (train.size() + BATCH - 1) / BATCH;
    long allBatches = (long) batches * epochs;
    // The curve has a point for the mean of so many batches.
    long together = Math.max(1, allBatches / POINTS_OF_THE_CURVE);
    double sum = 0;
    long steps = 0;
    try (ProgressBar bar = Progress.of("training", allBatches)) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        Pairs shuffled = train.shuffled(random);
        for (int from = 0; from < train.size(); from += BATCH) {
          sum += network.train(shuffled.batch(from, Math.min(from + BATCH, train.size())));
          bar.step();
          if (++steps % together == 0) {
            losses.add(new LossCurve.Point((double) steps / batches, sum / together));
            sum = 0;
          }
        }
        Evaluation evaluation = network.evaluate(test);
        testLosses.add(new LossCurve.Point(epoch, evaluation.loss()));
        bar.setExtraMessage(String.format(
            Locale.ROOT, "epoch %d, test accuracy %.3f", epoch, evaluation.accuracy()));
      }
    }
    LossCurve curve = new LossCurve("Siamese network, contrastive loss", "epoch");
    curve.add("train, with dropout", losses);
    curve.add("test", testLosses);
    return curve;
  }
}
