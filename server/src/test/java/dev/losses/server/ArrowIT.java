package dev.losses.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.LossCatalog;
import dev.losses.engine.Reduction;
import dev.losses.server.arrow.ArrowBytes;
import dev.losses.server.arrow.ArrowBytes.Column;
import dev.losses.server.arrow.ArrowBytes.Lists;
import dev.losses.spi.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Rows in Arrow's streaming format are computed as they come. */
@Tag("every-jdk")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ArrowIT {
  private static final String HUBER = "/v1/losses/huber/evaluate";
  private static final String ARROW = "application/vnd.apache.arrow.stream";
  private static final List<Column> PAIR =
      List.of(Column.of("y_true", "float32"), Column.of("y_pred", "float32"));
  private static final double[] ONE = {1};
  private static final double[] THREE = {3};

  @LocalServerPort
  private int port;

  private Client client;

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @AfterEach
  void theNextRequestWorks() {
    Client.Answer next = client.post(HUBER, ARROW, ArrowBytes.stream(PAIR, ONE, THREE));
    assertEquals(1.5, next.json().path("loss").asDouble(), next.body());
  }

  @ParameterizedTest
  @CsvSource({
    "mean, float64, 1, false",
    "mean, float32, 1, false",
    "sum, float32, 1, true",
    "mean_with_sample_weight, float64, 8, true",
    "mean, float32, 8, false",
    "mean, float32, 2, true",
    "sum, float64, 4, false"
  })
  void theValueHasTheBitsOfAllRowsAtOnce(
      String reduction, String dtype, int width, boolean weighted) {
    RandomRows rows = new RandomRows(400_000 / width + 17, width, weighted);
    double expected = LossCatalog.load()
        .loss("huber")
        .evaluate(
            rows.inputs(DType.valueOf(dtype.toUpperCase(Locale.ROOT))),
            Reduction.named(reduction).orElseThrow())
        .value();
    Lists lists = width == 1 ? Lists.NONE : width == 2 ? Lists.LARGE_OFFSETS : Lists.FIXED;
    List<Column> columns = new ArrayList<>(List.of(
        new Column("y_true", dtype, lists, width), new Column("y_pred", dtype, lists, width)));
    if (weighted) {
      columns.add(Column.of("sample_weight", "float32"));
    }
    Client.Answer answer = client.post(
        HUBER + "?reduction=" + reduction, ARROW, inRecordBatchesOf(30_011, rows, width, columns));
    assertEquals(200, answer.status(), answer.body());
    assertEquals(dtype, answer.json().path("dtype").asString());
    String text = answer.json().path("loss").asString();
    if (dtype.equals("float32")) {
      assertEquals((float) expected, Float.parseFloat(text));
    } else {
      assertEquals(expected, Double.parseDouble(text));
    }
  }

  private static byte[] inRecordBatchesOf(
      int size, RandomRows rows, int width, List<Column> columns) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(ArrowBytes.schema(columns));
    for (int from = 0; from < rows.rows(); from += size) {
      int to = Math.min(rows.rows(), from + size);
      double[][] part = rows.columns().clone();
      for (int i = 0; i < part.length; i++) {
        int values = i == 2 ? 1 : width;
        part[i] = Arrays.copyOfRange(part[i], from * values, to * values);
      }
      stream.writeBytes(ArrowBytes.batch(columns, part));
    }
    stream.writeBytes(ArrowBytes.end());
    return stream.toByteArray();
  }

  @Test
  void theAnswerMayBeAnArray() {
    byte[] answer = client
        .exchange(
            "POST",
            HUBER,
            BodyPublishers.ofByteArray(ArrowBytes.stream(PAIR, ONE, THREE)),
            java.net.http.HttpResponse.BodyHandlers.ofByteArray(),
            "Content-Type",
            ARROW,
            "Accept",
            "application/x-npy")
        .body();
    assertEquals(
        1.5f,
        ByteBuffer.wrap(answer, answer.length - 4, 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getFloat());
  }

  @Test
  void parametersAreInTheQuery() {
    Client.Answer answer =
        client.post(HUBER + "?delta=2&dtype=float64", ARROW, ArrowBytes.stream(PAIR, ONE, THREE));
    assertEquals(2, answer.json().path("loss").asDouble(), answer.body());
    assertEquals("float64", answer.json().path("dtype").asString());
  }

  @Test
  void whatIsWrongWithAColumnNamesIt() {
    List<Column> text = List.of(Column.of("y_true", "utf8"), Column.of("y_pred", "float32"));
    Client.Answer answer = client.post(HUBER, ARROW, ArrowBytes.schema(text));
    assertEquals(422, answer.status(), answer.body());
    assertEquals("invalid-inputs", answer.code());
    assertTrue(
        answer.errors().get(0).startsWith("/y_true: is of the Arrow type Utf8; send floats"),
        answer.body());
    answer = client.post(HUBER, ARROW, ArrowBytes.stream(PAIR, new double[0], new double[0]));
    assertEquals(422, answer.status(), answer.body());
    assertTrue(answer.body().contains("The stream has no rows"), answer.body());
  }

  @Test
  void positionsCountFromTheFirstRow() {
    double[] good = new double[100_000];
    byte[] stream = ArrowBytes.join(
        ArrowBytes.schema(PAIR),
        ArrowBytes.batch(PAIR, good, good),
        ArrowBytes.batch(PAIR, ONE, THREE),
        ArrowBytes.end());
    Client.Answer answer = client.post("/v1/losses/bce/evaluate", ARROW, stream);
    assertEquals(422, answer.status(), answer.body());
    assertTrue(
        answer.errors().get(0).startsWith("/y_pred/100000: y_pred must be a probability"),
        answer.body());
  }

  @Test
  void aStreamThatIsCutAnywhereIsRefused() {
    byte[] whole = ArrowBytes.stream(PAIR, ONE, THREE);
    for (int length = 0; length < whole.length; length++) {
      Client.Answer answer = client.post(HUBER, ARROW, Arrays.copyOf(whole, length));
      assertEquals(400, answer.status(), answer.body());
      assertEquals("malformed-body", answer.code());
    }
  }

  @Test
  void packedStreamsAreUnpackedAsTheyCome() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      double[] ones = new double[65_536];
      Arrays.fill(ones, 1);
      byte[] batch = ArrowBytes.batch(PAIR, ones, new double[65_536]);
      gzip.write(ArrowBytes.schema(PAIR));
      // More than other bodies may have, packed or not.
      for (long size = 0; size < 80 << 20; size += batch.length) {
        gzip.write(batch);
      }
      gzip.write(ArrowBytes.end());
    }
    Client.Answer answer = client.send(
        "POST",
        HUBER,
        BodyPublishers.ofByteArray(packed.toByteArray()),
        "Content-Type",
        ARROW,
        "Content-Encoding",
        "gzip");
    assertEquals(0.5, answer.json().path("loss").asDouble(), answer.body());
  }
}
