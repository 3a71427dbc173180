package dev.losses.server.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV as programs write it, and in pieces. */
class CsvReaderTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5\n-2\n3e2\n",
        "1.5\r\n-2\r\n3e2\r\n",
        "1.5\n-2\n3e2",
        "1.5\n-2\n3e2\n\n",
        "1.5\r\n-2\r\n3e2\r\n  \r\n",
        "\uFEFF1.5\n-2\n3e2\n",
        "y_true\n1.5\n-2\n3e2\n",
        "\uFEFF\"größe, in m\"\r\n\"1.5\"\r\n\"-2\"\r\n \" 3e2\" \r\n",
        "# made by numpy.savetxt\n 1.5 \n-2\n  3e2",
        "\"a \"\"quoted\"\" name\"\n1.5\n-2\n3e2\n"
      })
  void readsOneColumn(String csv) throws IOException {
    assertTensor(read(csv), new double[] {1.5, -2, 300}, 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2,3\n4,5,6\n",
        " 1, 2,3 \r\n4 ,\"5\",\" 6 \"\r\n",
        "a,b,c\n1,2,3\n4,5,6",
        "# a,b,c 1\n1,2,3\n4,5,6\n\n",
        "1.000000000000000000e+00,2.000000000000000000e+00,3.000000000000000000e+00\n4,5,6\n"
      })
  void readsMatrices(String csv) throws IOException {
    assertTensor(read(csv), new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
  }

  @Test
  void readsWhatNumpyAndPandasWriteForWhatIsNotFinite() throws IOException {
    assertTensor(read("nan,inf,-inf\n"), new double[] {NAN, INF, -INF}, 1, 3);
    assertTensor(read("p\nNaN\nInfinity\n-Infinity"), new double[] {NAN, INF, -INF}, 3);
  }

  @Test
  void readsLongFields() throws IOException {
    assertTensor(
        read("0".repeat(999) + "7\n" + "x".repeat(998).replace('x', '0') + ".5"),
        new double[] {7, .5},
        2);
    assertTensor(read("x".repeat(1000) + "\n1"), new double[] {1}, 1);
  }

  /** So many that they fill pieces of memory of several sizes. */
  @Property(seed = "1", tries = 20)
  void readsManyNumbersHoweverTheyCome(
      @ForAll @IntRange(min = 1, max = 30_000) int rows,
      @ForAll @IntRange(min = 1, max = 10) int columns,
      @ForAll @IntRange(min = 1, max = 100_000) int largest,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    double[] values = random.doubles((long) rows * columns).toArray();
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      csv.append(values[i]).append(i % columns == columns - 1 ? "\r\n" : ",");
    }
    Tensor read =
        CsvReader.read(new Trickle(csv.toString().getBytes(UTF_8), largest, seed), bytes -> {});
    assertTensor(read, values, columns == 1 ? new int[] {rows} : new int[] {rows, columns});
  }

  @Property(seed = "2", tries = 2000)
  void anyCutIsReadOrRefused(
      @ForAll("almostCsv") String csv, @ForAll @IntRange(min = 1, max = 9) int largest)
      throws IOException {
    byte[] bytes = csv.getBytes(UTF_8);
    for (int length = 0; length <= bytes.length; length++) {
      readOrRefuse(Arrays.copyOf(bytes, length), largest);
    }
  }

  @Property(seed = "3", tries = 5000)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) throws IOException {
    readOrRefuse(bytes, 9);
  }

  @Provide
  Arbitrary<String> almostCsv() {
    return Arbitraries.of(
            "1", "-2.5", "name", "\"", "\"\"", "\"3\"", ",", ",", "\n", "\r\n", "\r", " ", "\t",
            "é", "nan", "\uFEFF")
        .list()
        .ofMaxSize(30)
        .map(pieces -> String.join("", pieces));
  }

  @Test
  void asksBeforeItTakesMemory() throws IOException {
    List<Long> taken = new ArrayList<>();
    Tensor read =
        CsvReader.read(new ByteArrayInputStream("1\n".repeat(500_000).getBytes(UTF_8)), taken::add);
    long total = taken.stream().mapToLong(Long::longValue).sum();
    assertTrue(total >= 8L * read.size() && total < 20L * read.size(), taken.toString());

    RuntimeException refusal = new RuntimeException("too much");
    assertSame(
        refusal,
        assertThrows(
            RuntimeException.class,
            () -> CsvReader.read(
                new ByteArrayInputStream("1\n".repeat(500_000).getBytes(UTF_8)), bytes -> {
                  if (bytes > 100_000) {
                    throw refusal;
                  }
                })));
  }

  @Test
  void whatTheStreamThrowsIsPassedOn() {
    IOException reset = new IOException("reset");
    InputStream failing = new InputStream() {
      @Override
      public int read() throws IOException {
        throw reset;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        throw reset;
      }
    };
    assertSame(reset, assertThrows(IOException.class, () -> CsvReader.read(failing, bytes -> {})));
  }

  private static void readOrRefuse(byte[] csv, int largest) throws IOException {
    try {
      Tensor read = CsvReader.read(new Trickle(csv, largest, 1), bytes -> {});
      assertTrue(read.size() > 0);
    } catch (FormatException e) {
      assertNotNull(e.getMessage());
    }
  }

  private static Tensor read(String csv) throws IOException {
    return CsvReader.read(new ByteArrayInputStream(csv.getBytes(UTF_8)), bytes -> {});
  }

  private static void assertTensor(Tensor read, double[] values, int... shape) {
    assertArrayEquals(shape, read.shape());
    assertArrayEquals(values, read.doubles());
    assertEquals(values.length, read.size());
  }
}
