package dev.losses.server.arrow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.engine.LossInputs;
import dev.losses.server.arrow.ArrowBytes.Column;
import dev.losses.server.arrow.ArrowBytes.Lists;
import dev.losses.server.arrow.ArrowBytes.Oddity;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.rows.RowException;
import dev.losses.server.rows.WantedRows;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams in Arrow's format are read as they come, and whatever is wrong with one is said. */
class ArrowRowsTest {
  private static final List<Column> PAIR =
      List.of(Column.of("y_true", "float64"), Column.of("y_pred", "float64"));
  private static final List<Column> LISTS = List.of(
      new Column("y_true", "float32", Lists.FIXED, 2),
      new Column("y_pred", "float32", Lists.OFFSETS, 2),
      Column.of("mask", "bool"));
  private static final double[] A = {1, 2, 3};
  private static final double[] B = {1.5, -2, 4};
  private static final byte[] NO_BYTES = {};

  private static ArrowRows rows(byte[] stream, @Nullable DType dtype) {
    InputStream in = new ByteArrayInputStream(stream);
    return new ArrowRows(
        new MessageStream(in, () -> available(in)),
        bytes -> assertTrue(bytes <= 1 << 24, "too much memory: " + bytes),
        new WantedRows(List.of("y_true", "y_pred"), dtype));
  }

  private static long available(InputStream in) {
    try {
      return in.available();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static LossInputs read(byte[] stream) {
    return read(stream, null);
  }

  private static LossInputs read(byte[] stream, @Nullable DType dtype) {
    ArrowRows rows = rows(stream, dtype);
    LossInputs inputs = rows.next();
    assertNull(rows.next());
    return inputs;
  }

  private static Tensor tensor(LossInputs inputs, String name) {
    return inputs.tensors().get(name);
  }

  private static double[] values(Tensor tensor) {
    double[] values = new double[tensor.size()];
    Arrays.setAll(values, tensor::get);
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "float64, FLOAT64",
    "float32, FLOAT32",
    "float16, FLOAT32",
    "int8, FLOAT64",
    "int16, FLOAT64",
    "int32, FLOAT64",
    "int64, FLOAT64"
  })
  void numbersOfEveryTypeAreRead(String type, DType dtype) {
    double[] numbers = {1, -2, 100};
    List<Column> columns = List.of(Column.of("y_true", type), Column.of("y_pred", type));
    LossInputs inputs = read(ArrowBytes.stream(columns, numbers, numbers));
    for (String name : List.of("y_true", "y_pred")) {
      assertEquals(dtype, tensor(inputs, name).dtype());
      assertArrayEquals(new int[] {3}, tensor(inputs, name).shape());
      assertArrayEquals(numbers, values(tensor(inputs, name)));
    }
    inputs = read(ArrowBytes.stream(columns, numbers, numbers), DType.FLOAT32);
    assertArrayEquals(numbers, values(tensor(inputs, "y_true")));
    assertEquals(DType.FLOAT32, tensor(inputs, "y_true").dtype());
  }

  @ParameterizedTest
  @ValueSource(strings = {"uint8", "uint16", "uint32", "uint64", "bool"})
  void labelsFollowThePredictions(String type) {
    double[] labels = {1, 0, type.equals("bool") ? 1 : 255};
    LossInputs inputs = read(ArrowBytes.stream(
        List.of(Column.of("y_pred", "float32"), Column.of("y_true", type)), B, labels));
    assertEquals(DType.FLOAT32, tensor(inputs, "y_true").dtype());
    assertArrayEquals(labels, values(tensor(inputs, "y_true")));
    assertArrayEquals(B, values(tensor(inputs, "y_pred")));
  }

  @Test
  void rowsAreListsOfOneLength() {
    for (Lists lists : List.of(Lists.FIXED, Lists.OFFSETS, Lists.LARGE_OFFSETS)) {
      LossInputs inputs = read(ArrowBytes.stream(
          List.of(
              new Column("y_true", "float32", lists, 3), new Column("y_pred", "int8", lists, 3)),
          new double[] {1, 2, 3, 4, 5, 6},
          new double[] {6, 5, 4, 3, 2, 1}));
      assertArrayEquals(new int[] {2, 3}, tensor(inputs, "y_true").shape());
      assertArrayEquals(new double[] {6, 5, 4, 3, 2, 1}, values(tensor(inputs, "y_pred")));
    }
  }

  @Test
  void weightsAndMaskAreReadBesideTheInputs() {
    LossInputs inputs = read(ArrowBytes.stream(
        List.of(
            Column.of("mask", "bool"),
            Column.of("y_true", "float32"),
            Column.of("sample_weight", "float64"),
            Column.of("y_pred", "float32")),
        new double[] {1, 0, 1},
        A,
        new double[] {0.1, 0.2, 0.3},
        B));
    assertArrayEquals(new boolean[] {true, false, true}, inputs.mask().values());
    assertArrayEquals(new double[] {0.1, 0.2, 0.3}, inputs.sampleWeight().doubles());
    assertEquals(DType.FLOAT32, tensor(inputs, "y_pred").dtype());
  }

  @Test
  void recordBatchesOfAnySizeAreGatheredIntoFullBatches() {
    Random random = new Random(1);
    List<byte[]> parts = new ArrayList<>(List.of(ArrowBytes.schema(PAIR)));
    int rows = 0;
    while (rows < 150_000) {
      int here = random.nextInt(4) == 0 ? 0 : random.nextInt(1 << random.nextInt(17));
      double[] numbers = new double[here];
      for (int i = 0; i < here; i++) {
        numbers[i] = rows + i;
      }
      parts.add(ArrowBytes.batch(PAIR, numbers, numbers));
      rows += here;
    }
    parts.add(ArrowBytes.end());
    ArrowRows source = rows(ArrowBytes.join(parts.toArray(byte[][]::new)), null);
    int read = 0;
    for (LossInputs batch = source.next(); batch != null; batch = source.next()) {
      Tensor yTrue = tensor(batch, "y_true");
      assertTrue(yTrue.size() == 65_536 || read + yTrue.size() == rows);
      for (int i = 0; i < yTrue.size(); i++) {
        assertEquals(read + i, yTrue.get(i));
      }
      assertArrayEquals(values(yTrue), values(tensor(batch, "y_pred")));
      read += yTrue.size();
    }
    assertEquals(rows, read);
  }

  @Test
  void offsetsNeedNotBeginWithTheFirstElement() {
    byte[] batch = ArrowBytes.batch(
        2,
        List.of(new long[] {2, 0}, new long[] {6, 0}, new long[] {2, 0}),
        List.of(
            NO_BYTES,
            ArrowBytes.elements("int32", 1, 3, 5),
            NO_BYTES,
            ArrowBytes.elements("float64", 9, 1, 2, 3, 4, 9),
            NO_BYTES,
            ArrowBytes.elements("float64", 7, 8)));
    List<Column> columns =
        List.of(new Column("y_pred", "float64", Lists.OFFSETS, 2), Column.of("y_true", "float64"));
    LossInputs inputs = read(ArrowBytes.join(ArrowBytes.schema(columns), batch, ArrowBytes.end()));
    assertArrayEquals(new double[] {1, 2, 3, 4}, values(tensor(inputs, "y_pred")));
  }

  /** One with a FixedSizeList and int64 labels, the other with a List and int32 labels. */
  @ParameterizedTest
  @ValueSource(strings = {"pyarrow-25.0.1.arrows", "apache-arrow-js-21.2.0.arrows"})
  void whatOtherLibrariesWroteIsRead(String file) throws IOException {
    LossInputs inputs;
    try (InputStream in = ArrowRowsTest.class.getResourceAsStream(file)) {
      inputs = read(in.readAllBytes());
    }
    assertEquals(DType.FLOAT32, tensor(inputs, "y_pred").dtype());
    assertArrayEquals(new double[] {0, 1, 2}, values(tensor(inputs, "y_true")));
    assertArrayEquals(new int[] {3, 2}, tensor(inputs, "y_pred").shape());
    assertArrayEquals(new double[] {0.5, 0.25, -1, 2, 3, 4}, values(tensor(inputs, "y_pred")));
    assertArrayEquals(new boolean[] {true, false, true}, inputs.mask().values());
  }

  @Test
  void noRowsAreFine() {
    assertNull(read(ArrowBytes.join(ArrowBytes.schema(PAIR), ArrowBytes.end())));
    assertNull(read(ArrowBytes.stream(PAIR, NO_VALUES, NO_VALUES)));
    assertNull(read(ArrowBytes.stream(LISTS, NO_VALUES, NO_VALUES, NO_VALUES)));
  }

  private static final double[] NO_VALUES = {};

  @Test
  void columnsThatTheLossDoesNotTakeAreNamed() {
    assertRefused(
        "/y_pred: missing; the loss takes y_true, y_pred", schema(Column.of("y_true", "int8")));
    assertRefused(
        "/y_prd: not a field of a row; did you mean y_pred?",
        schema(Column.of("y_true", "int8"), Column.of("y_prd", "int8")));
    assertRefused(
        "/y_true: given twice", schema(Column.of("y_true", "int8"), Column.of("y_true", "int8")));
    assertRefused(
        "/y_true: is of the Arrow type Utf8; send floats, integers, bools, or lists",
        schema(Column.of("y_true", "utf8"), Column.of("y_pred", "int8")));
    assertRefused(
        "/y_true: lists of no values",
        schema(new Column("y_true", "int8", Lists.FIXED, 0), Column.of("y_pred", "int8")));
    assertRefused(
        "/y_true: is encoded by a dictionary; decode it",
        ArrowBytes.schema(PAIR, Oddity.DICTIONARY));
    assertRefused(
        "/y_true: is of an extension type; send its storage",
        ArrowBytes.schema(PAIR, Oddity.EXTENSION));
  }

  @Test
  void nullsAreRefusedWithTheirColumnAndRow() {
    byte[] nulls = ArrowBytes.batch(
        2,
        List.of(new long[] {2, 0}, new long[] {2, 1}),
        List.of(NO_BYTES, new byte[16], new byte[] {1}, new byte[16]));
    assertRefused(
        "/y_pred: a null in the record batch that begins with row 3; fill them",
        ArrowBytes.schema(PAIR),
        ArrowBytes.batch(PAIR, A, B),
        nulls);
  }

  @Test
  void raggedListsAreRefusedWithTheirRow() {
    List<Column> columns =
        List.of(new Column("y_pred", "int8", Lists.OFFSETS, 2), Column.of("y_true", "int8"));
    assertRefused(
        "/y_pred/2: ragged: a list of 1 where the one before has 2",
        ArrowBytes.schema(columns),
        lists(0, 2, 4, 5));
    assertRefused("/y_pred/0: lists of no values", ArrowBytes.schema(columns), lists(0, 0, 0, 0));
    assertRefused(
        "/y_pred/3: ragged: a list of 1 where rows before have 2",
        ArrowBytes.schema(columns),
        lists(0, 2, 4, 6),
        lists(0, 1, 2, 3));
    assertMalformed("go from 2 to 1", ArrowBytes.schema(columns), lists(0, 2, 1, 6));
    assertMalformed("go from -1 to -3", ArrowBytes.schema(columns), lists(-3, 0, 3, 6));
  }

  private static byte[] lists(double... offsets) {
    return ArrowBytes.batch(
        3,
        List.of(new long[] {3, 0}, new long[] {6, 0}, new long[] {3, 0}),
        List.of(
            NO_BYTES,
            ArrowBytes.elements("int32", offsets),
            NO_BYTES,
            new byte[6],
            NO_BYTES,
            new byte[3]));
  }

  @Test
  void numbersThatTheColumnCannotHoldAreRefusedWithTheirPosition() {
    ArrowRows rows = rows(ArrowBytes.stream(PAIR, A, new double[] {1, 1e300, 2}), DType.FLOAT32);
    RowException e = assertThrows(RowException.class, rows::next);
    assertEquals("/y_pred/1", e.violation().pointer());
    assertEquals("1.0E300 is beyond the range of float32", e.violation().message());
    List<Column> masked =
        List.of(PAIR.get(0), new Column("mask", "int8", Lists.FIXED, 2), PAIR.get(1));
    assertRefused(
        "/mask/1/1: expected true or false, or 1 or 0, found 7.0",
        ArrowBytes.stream(masked, new double[2], new double[] {0, 1, 1, 7}, new double[2]));
  }

  @Test
  void whatIsNoStreamIsCalledThat() {
    assertMalformed("the stream ends without the marker", new byte[0]);
    assertMalformed("the stream has no schema", ArrowBytes.end());
    assertMalformed(
        "it is an Arrow file; send a stream",
        "ARROW1\0\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertMalformed(
        "are the bytes 7b22795f",
        "{\"y_true\"".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertMalformed("the stream does not begin with a schema", ArrowBytes.batch(PAIR, A, B));
    assertMalformed("is no record batch", ArrowBytes.schema(PAIR), ArrowBytes.schema(PAIR));
    assertMalformed("big-endian", ArrowBytes.schema(PAIR, Oddity.BIG_ENDIAN));
    assertMalformed("of version 3 of the metadata", ArrowBytes.schema(PAIR, Oddity.OLD_METADATA));
    assertMalformed(
        "without the marker that ends it; close the writer",
        ArrowBytes.schema(PAIR),
        ArrowBytes.batch(PAIR, A, B));
    assertMalformed("1 more byte follows the marker", ArrowBytes.stream(PAIR, A, B), new byte[1]);
    assertMalformed(
        "claim to be 4294967294 bytes long", new byte[] {-1, -1, -1, -1, -2, -1, -1, -1});
    assertMalformed("claim to be 16777216 bytes long", new byte[] {-1, -1, -1, -1, 0, 0, 0, 1});
    assertMalformed(
        "the metadata of a message are damaged",
        new byte[] {-1, -1, -1, -1, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8});
  }

  @Test
  void whatARecordBatchClaimsIsNotBelieved() {
    List<long[]> nodes = List.of(new long[] {3, 0}, new long[] {3, 0});
    List<long[]> places =
        List.of(new long[] {0, 0}, new long[] {0, 24}, new long[] {24, 0}, new long[] {24, 24});
    assertClaim("has 2 arrays and 4 buffers", 3, nodes, places.subList(0, 3));
    assertClaim("has 2 arrays and 4 buffers", 3, nodes.subList(0, 1), places);
    assertClaim("has 2 arrays and 4 buffers", -1, nodes, places);
    assertClaim("has 3 elements where 4 are needed", 4, nodes, places);
    assertClaim(
        "has a length of -3 and 0 nulls", 3, List.of(new long[] {-3, 0}, nodes.get(0)), places);
    assertClaim("and -1 nulls", 3, List.of(new long[] {3, -1}, nodes.get(0)), places);
    assertClaim("claims 24 bytes from 32 on, in a body of 48", 3, nodes, moved(places, 3, 32, 24));
    assertClaim("claims -24 bytes", 3, nodes, moved(places, 1, 24, -24));
    assertClaim("claims 24 bytes from -8 on", 3, nodes, moved(places, 1, -8, 24));
    assertClaim("claims 9223372036854775807 bytes", 3, nodes, moved(places, 1, 1, Long.MAX_VALUE));
    assertClaim("has 16 bytes where 24 are needed", 3, nodes, moved(places, 3, 24, 16));
    assertClaim("do not follow one another", 3, nodes, moved(places, 3, 8, 24));
    long huge = 1L << 61;
    assertClaim(
        "more elements than there are numbers for",
        huge,
        List.of(new long[] {huge, 0}, new long[] {huge, 0}),
        places);
    assertMalformed(
        "are compressed",
        ArrowBytes.schema(PAIR),
        ArrowBytes.batch(3, nodes, places, new byte[48], true));
  }

  private static List<long[]> moved(List<long[]> places, int index, long offset, long length) {
    List<long[]> moved = new ArrayList<>(places);
    moved.set(index, new long[] {offset, length});
    return moved;
  }

  private static void assertClaim(
      String message, long rows, List<long[]> nodes, List<long[]> places) {
    assertMalformed(
        message,
        ArrowBytes.schema(PAIR),
        ArrowBytes.batch(rows, nodes, places, new byte[48], false),
        ArrowBytes.end());
  }

  @Test
  void aStreamThatIsCutAnywhereIsRefused() {
    byte[] whole = whole();
    for (int length = 0; length < whole.length; length++) {
      ArrowRows rows = rows(Arrays.copyOf(whole, length), null);
      assertThrows(ProblemException.class, () -> readAll(rows), "cut after " + length);
    }
    readAll(rows(whole, null));
  }

  @Test
  void flippedBitsAreReadOrRefusedAndNothingElse() {
    byte[] whole = whole();
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 12_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        int at = random.nextInt(damaged.length);
        damaged[at] = random.nextBoolean()
            ? (byte) (damaged[at] ^ 1 << random.nextInt(8))
            : (byte) random.nextInt();
      }
      try {
        readAll(rows(damaged, random.nextBoolean() ? DType.FLOAT32 : null));
      } catch (ProblemException e) {
        assertTrue(e.problem().status() < 500, e::getMessage);
        refused++;
      } catch (RowException e) {
        assertTrue(e.violation().pointer().startsWith("/"), e::getMessage);
        refused++;
      }
    }
    assertTrue(refused > 4_000, "so many were noticed: " + refused);
  }

  private static byte[] whole() {
    double[] six = {1, 2, 3, 4, 5, 6};
    double[] bits = {1, 0, 1};
    return ArrowBytes.join(
        ArrowBytes.schema(LISTS),
        ArrowBytes.batch(LISTS, six, six, bits),
        ArrowBytes.batch(LISTS, NO_VALUES, NO_VALUES, NO_VALUES),
        ArrowBytes.batch(LISTS, six, six, bits),
        ArrowBytes.end());
  }

  private static void readAll(ArrowRows rows) {
    for (LossInputs batch = rows.next(); batch != null; batch = rows.next()) {
      assertTrue(batch.tensors().size() == 2);
    }
  }

  private static byte[] schema(Column... columns) {
    return ArrowBytes.schema(List.of(columns));
  }

  private static void assertRefused(String beginning, byte[]... parts) {
    ArrowRows rows = rows(ArrowBytes.join(parts), null);
    RowException e = assertThrows(RowException.class, () -> readAll(rows));
    String refusal = e.violation().pointer() + ": " + e.violation().message();
    assertTrue(refusal.startsWith(beginning), refusal);
  }

  private static void assertMalformed(String part, byte[]... parts) {
    ArrowRows rows = rows(ArrowBytes.join(parts), null);
    ProblemException e = assertThrows(ProblemException.class, () -> readAll(rows));
    assertEquals(400, e.problem().status());
    assertTrue(
        Stream.of(e.problem().detail()).allMatch(detail -> detail.contains(part)), e::getMessage);
  }
}
