package com.example.training;

import dev.losses.nd4j.Nd4jLoss;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains one dense unit to say {@code 2 x - 1}, once with each form in which a loss can be given. */
@Command(
    name = "linear-regression",
    showDefaultValues = true,
    description =
        "Trains one dense unit to say 2x - 1, once with each form in which a loss can be given.")
final class LinearRegression implements Callable<Integer> {
  @Option(
      names = "--epochs",
      defaultValue = "1000",
      description = "Steps of gradient descent, each on all six points.")
  private int epochs;

  @Option(
      names = "--threshold",
      defaultValue = "1",
      description = "Error size at which the Huber losses turn linear.")
  private double threshold;

  @Option(
      names = "--out",
      defaultValue = "${sys:training.out:-.}",
      description = "Folder for linear-regression.svg, the loss curve.")
  private Path directory = Path.of(".");

  private final PrintStream out;

  LinearRegression(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    Training.atLeast(1, "--epochs", epochs);
    Training.makeFolder("--out", directory);
    Map<String, Nd4jLoss> forms = new LinkedHashMap<>();
    forms.put("mse", Nd4jLoss.named("mse"));
    forms.put("my_huber", Nd4jLoss.named("my_huber", Map.of("threshold", threshold)));
    forms.put("MyHuberLoss", Nd4jLoss.of(new MyHuberLoss(threshold)));

    Map<String, DenseUnit> trained = train(forms);
    trained.forEach((form, unit) -> out.printf(Locale.ROOT, "%-11s  %s%n", form, unit));

    LossCurve curve = new LossCurve("Linear regression", "epoch");
    trained.forEach((form, unit) -> {
      List<LossCurve.Point> points = new ArrayList<>();
      for (double loss : unit.losses()) {
        points.add(new LossCurve.Point(points.size() + 1, loss));
      }
      curve.add(form, points);
    });
    out.println("loss curve: " + curve.write(directory, "linear-regression.svg"));
    return 0;
  }

  private Map<String, DenseUnit> train(Map<String, Nd4jLoss> forms) {
    Map<String, DenseUnit> units = new LinkedHashMap<>();
    try (ProgressBar bar = Progress.of("training", (long) forms.size() * epochs)) {
      forms.forEach((form, loss) -> {
        DenseUnit unit = new DenseUnit(loss);
        bar.setExtraMessage(form);
        for (int epoch = 0; epoch < epochs; epoch++) {
          unit.train();
          bar.step();
        }
        units.put(form, unit);
      });
    }
    return units;
  }
}
