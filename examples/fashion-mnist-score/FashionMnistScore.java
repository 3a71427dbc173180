import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Scores a simple classifier of Fashion-MNIST with a running Losses server.
 *
 * <p>{@code java FashionMnistScore.java [--data DIR] [--server URL]}, with a JDK and nothing else.
 */
public class FashionMnistScore {
  private static final int CLASSES = 10;
  /** Squared distances are divided by this, so that the logits are neither all alike nor all certain. */
  private static final double TEMPERATURE = 10;

  private static final List<String> NAMES = List.of(
      "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot");
  private static final String INK = " .:-=+*#%@";

  private final Path data;
  private final String server;

  private FashionMnistScore(Path data, String server) {
    this.data = data;
    this.server = server;
  }

  public static void main(String[] args) throws Exception {
    Path data = Path.of("/usr/share/datasets/fashion-mnist");
    String server = "http://localhost:8080";
    for (int i = 0; i < args.length; i += 2) {
      if (args[i].equals("--data") && i + 1 < args.length) {
        data = Path.of(args[i + 1]);
      } else if (args[i].equals("--server") && i + 1 < args.length) {
        server = args[i + 1];
      } else {
        throw stop("Usage: java FashionMnistScore.java [--data DIR] [--server URL]");
      }
    }
    new FashionMnistScore(data, server).run();
  }

  private void run() throws Exception {
    if (!Files.isDirectory(data)) {
      throw stop("There is no directory " + data + ". On Debian and Ubuntu, 'apt-get install dataset-fashion-mnist'"
          + " brings Fashion-MNIST; elsewhere say where its four .gz files lie with --data DIR.");
    }
    Images train = Images.read(data, "train");
    Images test = Images.read(data, "t10k");
    double[][] logits = logits(centroids(train), test);
    int[] predicted = Arrays.stream(logits).mapToInt(FashionMnistScore::argMax).toArray();
    long right = IntStream.range(0, test.count()).filter(i -> predicted[i] == test.labels[i]).count();
    System.out.printf(
        Locale.ROOT,
        "Fashion-MNIST, nearest centroid: fitted on %d images, scored on %d%n",
        train.count(),
        test.count());
    System.out.println("accuracy " + (double) right / test.count());

    String labels = Arrays.toString(test.labels);
    Answer crossentropy = call(
        "sparse_categorical_crossentropy",
        "{\"y_true\": " + labels + ", \"y_pred\": " + Arrays.deepToString(logits)
            + ", \"parameters\": {\"from_logits\": true}, \"reduction\": \"none\", \"gradient\": true}");
    double[] losses = crossentropy.numbers("loss");
    double[] gradient = crossentropy.numbers("y_pred");
    System.out.println("sparse_categorical_crossentropy " + Arrays.stream(losses).sum() / losses.length);
    System.out.println("  gradient norm " + Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum()));
    System.out.println("  answered in " + crossentropy.millis + " ms");

    Answer squares = call(
        "mean_squared_error",
        "{\"y_true\": " + Arrays.deepToString(oneHot(test.labels)) + ", \"y_pred\": "
            + Arrays.deepToString(softmax(logits)) + "}");
    System.out.println("mean_squared_error " + squares.numbers("loss")[0]);
    System.out.println("  answered in " + squares.millis + " ms");

    System.out.println("The five worst images:");
    IntStream.range(0, losses.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -losses[i]))
        .limit(5)
        .forEach(i -> show(test, i, predicted[i], losses[i]));
  }

  private static void show(Images images, int image, int predicted, double loss) {
    System.out.printf(
        Locale.ROOT,
        "%nimage %d: %s, taken for %s, loss %.4f%n",
        image,
        NAMES.get(images.labels[image]),
        NAMES.get(predicted),
        loss);
    for (int row = 0; row < images.height; row += 2) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < images.width; column++) {
        line.append(INK.charAt((int) (images.pixel(image, row * images.width + column) * (INK.length() - 1))));
      }
      System.out.println(line.toString().stripTrailing());
    }
  }

  /** The mean image of each class. */
  private static double[][] centroids(Images images) {
    double[][] sums = new double[CLASSES][images.size()];
    int[] counts = new int[CLASSES];
    for (int image = 0; image < images.count(); image++) {
      double[] sum = sums[images.labels[image]];
      counts[images.labels[image]]++;
      for (int pixel = 0; pixel < sum.length; pixel++) {
        sum[pixel] += images.pixel(image, pixel);
      }
    }
    for (int c = 0; c < CLASSES; c++) {
      for (int pixel = 0; pixel < sums[c].length; pixel++) {
        sums[c][pixel] /= counts[c];
      }
    }
    return sums;
  }

  /** The nearer a class's centroid, the larger its logit. */
  private static double[][] logits(double[][] centroids, Images images) {
    double[][] logits = new double[images.count()][CLASSES];
    for (int image = 0; image < logits.length; image++) {
      for (int c = 0; c < CLASSES; c++) {
        double distance = 0;
        for (int pixel = 0; pixel < images.size(); pixel++) {
          double difference = images.pixel(image, pixel) - centroids[c][pixel];
          distance += difference * difference;
        }
        logits[image][c] = -distance / TEMPERATURE;
      }
    }
    return logits;
  }

  private static double[][] softmax(double[][] logits) {
    return Arrays.stream(logits)
        .map(row -> {
          double max = Arrays.stream(row).max().orElseThrow();
          double sum = Arrays.stream(row).map(z -> Math.exp(z - max)).sum();
          return Arrays.stream(row).map(z -> Math.exp(z - max) / sum).toArray();
        })
        .toArray(double[][]::new);
  }

  private static int[][] oneHot(int[] labels) {
    int[][] rows = new int[labels.length][CLASSES];
    for (int i = 0; i < labels.length; i++) {
      rows[i][labels[i]] = 1;
    }
    return rows;
  }

  private static int argMax(double[] row) {
    return IntStream.range(0, row.length)
        .boxed()
        .max(Comparator.comparingDouble(i -> row[i]))
        .orElseThrow();
  }

  private Answer call(String loss, String body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/v1/losses/" + loss + "/evaluate"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    long start = System.nanoTime();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw stop("The server answered " + response.statusCode() + ": " + response.body());
      }
      return new Answer(response.body(), (System.nanoTime() - start) / 1_000_000);
    } catch (ConnectException e) {
      throw stop("No server answers at " + server + ". Start one in the root of Losses with"
          + " './mvnw -pl server -am spring-boot:run', or say where it is with --server URL.");
    }
  }

  private static RuntimeException stop(String message) {
    System.err.println(message);
    System.exit(1);
    return new IllegalStateException(message);
  }

  /** An answer of the server. Its JSON is simple enough to be read with what the JDK has. */
  private record Answer(String json, long millis) {

    /** Every number in the value of a field, however deep its lists. */
    double[] numbers(String field) {
      String name = "\"" + field + "\":";
      int start = json.indexOf(name);
      if (start < 0) {
        throw stop("The answer has no " + field);
      }
      start += name.length();
      int end = start;
      int depth = 0;
      do {
        char c = json.charAt(end++);
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      } while (depth > 0 || (json.charAt(end) != ',' && json.charAt(end) != '}'));
      return Arrays.stream(json.substring(start, end).split("[\\[\\],\\s]+"))
          .filter(number -> !number.isEmpty())
          .mapToDouble(Double::parseDouble)
          .toArray();
    }
  }

  /** Images and their labels, from files in the IDX format. */
  private record Images(byte[] pixels, int[] labels, int height, int width) {

    static Images read(Path data, String set) throws IOException {
      try (DataInputStream images = open(data.resolve(set + "-images-idx3-ubyte.gz"), 0x803);
          DataInputStream labels = open(data.resolve(set + "-labels-idx1-ubyte.gz"), 0x801)) {
        int count = images.readInt();
        int height = images.readInt();
        int width = images.readInt();
        if (labels.readInt() != count) {
          throw stop("The files of " + set + " hold different numbers of images and labels");
        }
        byte[] pixels = images.readNBytes(count * height * width);
        int[] classes = new int[count];
        for (int i = 0; i < count; i++) {
          classes[i] = labels.readUnsignedByte();
        }
        return new Images(pixels, classes, height, width);
      }
    }

    private static DataInputStream open(Path file, int magic) throws IOException {
      if (!Files.isReadable(file)) {
        throw stop("There is no readable " + file + ". The package dataset-fashion-mnist has it.");
      }
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))));
      if (in.readInt() != magic) {
        throw stop(file + " is not an IDX file of the kind expected");
      }
      return in;
    }

    int count() {
      return labels.length;
    }

    int size() {
      return height * width;
    }

    /** From 0, which is background, to 1. */
    double pixel(int image, int position) {
      return (pixels[image * size() + position] & 0xff) / 255.0;
    }
  }
}
