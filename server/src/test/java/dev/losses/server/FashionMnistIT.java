package dev.losses.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.losses.api.LossCatalog;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The Fashion-MNIST example says what the Java API and a plain loop say. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FashionMnistIT {
  private static final Path DATA = Path.of("/usr/share/datasets/fashion-mnist");
  private static final int PIXELS = 28 * 28;
  private static final int CLASSES = 10;

  @LocalServerPort
  private int port;

  @Test
  void theExamplePrintsWhatTheJavaApiAndAPlainLoopCompute() throws Exception {
    assumeTrue(
        Files.isDirectory(DATA) || System.getenv("CI") != null,
        "needs the package dataset-fashion-mnist");

    double[] labels = labels("t10k");
    double[] logits = logits(labels.length);
    LossResult api = LossCatalog.load()
        .loss("sparse_categorical_crossentropy", Map.of("from_logits", true))
        .evaluate(
            LossInputs.of(
                Tensor.of(labels, labels.length), Tensor.of(logits, labels.length, CLASSES)),
            Reduction.SUM,
            Gradients.COMPUTE);
    Plain plain = Plain.of(labels, logits);
    assertThat(api.value() / labels.length).isCloseTo(plain.crossentropy, within(1e-9));

    String printed = runExample();

    assertThat(number(printed, "accuracy")).isEqualTo(plain.accuracy).isBetween(0.6, 0.75);
    assertThat(number(printed, "sparse_categorical_crossentropy"))
        .isCloseTo(api.value() / labels.length, within(1e-9))
        .isCloseTo(plain.crossentropy, within(1e-9));
    assertThat(number(printed, "gradient norm"))
        .isCloseTo(norm(api.gradient("y_pred").doubles()), within(1e-7))
        .isCloseTo(plain.gradientNorm, within(1e-7));
    assertThat(number(printed, "mean_squared_error")).isCloseTo(plain.squares, within(1e-9));
    assertThat(Pattern.compile("^image \\d+: .*, taken for .*, loss ", Pattern.MULTILINE)
            .matcher(printed)
            .results())
        .hasSize(5);
  }

  private String runExample() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "../examples/fashion-mnist-score/FashionMnistScore.java",
            "--server",
            "http://localhost:" + port)
        .redirectErrorStream(true)
        .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  private static double number(String printed, String name) {
    Matcher line = Pattern.compile("^ *" + name + " (\\S+)$", Pattern.MULTILINE).matcher(printed);
    assertThat(line.find()).as(printed).isTrue();
    return Double.parseDouble(line.group(1));
  }

  /** What the losses are by their definitions, one number after the other. */
  private record Plain(double accuracy, double crossentropy, double gradientNorm, double squares) {

    static Plain of(double[] labels, double[] logits) {
      double right = 0;
      double crossentropy = 0;
      double gradient = 0;
      double squares = 0;
      for (int i = 0; i < labels.length; i++) {
        int label = (int) labels[i];
        double[] row = Arrays.copyOfRange(logits, i * CLASSES, (i + 1) * CLASSES);
        double max = Arrays.stream(row).max().orElseThrow();
        double sum = 0;
        for (double logit : row) {
          sum += Math.exp(logit - max);
        }
        right += row[label] == max ? 1 : 0;
        crossentropy += Math.log(sum) + max - row[label];
        for (int c = 0; c < CLASSES; c++) {
          double error = Math.exp(row[c] - max) / sum - (c == label ? 1 : 0);
          gradient += error * error;
          squares += error * error / CLASSES;
        }
      }
      int n = labels.length;
      return new Plain(right / n, crossentropy / n, Math.sqrt(gradient), squares / n);
    }
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /** Minus a tenth of the squared distance of each test image to the mean training image of each class. */
  private static double[] logits(int count) throws IOException {
    byte[] train = images("train");
    double[] labels = labels("train");
    double[][] means = new double[CLASSES][PIXELS];
    int[] counts = new int[CLASSES];
    for (int i = 0; i < labels.length; i++) {
      int label = (int) labels[i];
      counts[label]++;
      for (int p = 0; p < PIXELS; p++) {
        means[label][p] += (train[i * PIXELS + p] & 0xff) / 255.0;
      }
    }
    byte[] test = images("t10k");
    double[] logits = new double[count * CLASSES];
    for (int i = 0; i < logits.length; i++) {
      int label = i % CLASSES;
      double distance = 0;
      for (int p = 0; p < PIXELS; p++) {
        double difference =
            (test[i / CLASSES * PIXELS + p] & 0xff) / 255.0 - means[label][p] / counts[label];
        distance += difference * difference;
      }
      logits[i] = -distance / 10;
    }
    return logits;
  }

  private static byte[] images(String set) throws IOException {
    return unzipped(set + "-images-idx3-ubyte.gz", 16);
  }

  private static double[] labels(String set) throws IOException {
    byte[] bytes = unzipped(set + "-labels-idx1-ubyte.gz", 8);
    double[] labels = new double[bytes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes[i];
    }
    return labels;
  }

  private static byte[] unzipped(String file, int header) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(DATA.resolve(file))))) {
      byte[] bytes = in.readAllBytes();
      return Arrays.copyOfRange(bytes, header, bytes.length);
    }
  }
}
