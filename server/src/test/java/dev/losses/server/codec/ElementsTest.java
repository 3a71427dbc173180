package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.spi.DType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class ElementsTest {
  private static final Allowance UNLIMITED = bytes -> {};

  @Property(tries = 2_000)
  @Domain(SentArrays.class)
  void everyTypeAndOrderIsReadInRowMajorOrder(@ForAll SentArray sent) throws IOException {
    Budget budget = new Budget(Long.MAX_VALUE);
    InputStream in = new ByteArrayInputStream(Arrays.copyOf(sent.data(), sent.data().length + 3));
    Expect.array(sent, read(in, sent, budget));
    assertEquals(3, in.available(), "exactly the array's bytes are read");
    int bytes = sent.type().dtype() == DType.FLOAT32 ? 4 : 8;
    assertEquals((long) sent.values().length * bytes, budget.taken());
  }

  /** More than one chunk, which ends in the middle of a row and of a column. */
  @Test
  void largeArraysAreReadInChunks() throws IOException {
    for (ElementType type : ElementType.values()) {
      for (boolean fortranOrder : new boolean[] {false, true}) {
        SentArray sent = SentArray.random(
            type, ByteOrder.BIG_ENDIAN, fortranOrder, new int[] {71, 3, 1, 997}, 1);
        Expect.array(sent, read(new Trickle(sent.data(), 1_001, 1), sent, UNLIMITED));
      }
    }
  }

  @Test
  void everyHalfIsWidenedExactly() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertEquals((float) SentArray.half(bits), NarrowElements.widen((short) bits));
    }
  }

  @Test
  void unsignedNumbersAreRoundedToTheNearestAndTiesToEven() {
    assertEquals(0x1p64, WideElements.unsigned(-1));
    assertEquals(0x1p63, WideElements.unsigned(0x8000000000000400L));
    assertEquals(0x1.0000000000001p63, WideElements.unsigned(0x8000000000000401L));
    assertEquals(0x1.0000000000002p63, WideElements.unsigned(0x8000000000000c00L));
  }

  @Test
  void bytesThatAreNoTruthValuesAreRefusedWithTheirPosition() {
    byte[] data = new byte[100_000];
    data[70_000] = 2;
    Expect.refusal("Element 70000 of the data is the byte 2", () -> read(data, 100_000));
    data[3] = -1;
    Expect.refusal("Element 3 of the data is the byte 255", () -> read(data, 100_000));
  }

  @Test
  void aStreamThatEndsEarlyIsRefusedWithWhatCame() {
    Expect.refusal("The data end after 0 of 5 bytes", () -> read(new byte[0], 5));
    Expect.refusal("The data end after 70000 of 80000 bytes", () -> read(new byte[70_000], 80_000));
  }

  @Test
  void shapesThatNoArrayCanHaveAreRefused() {
    Expect.refusal("[2, -1] has a negative axis", () -> read(new byte[0], 2, -1));
    Expect.refusal(
        "holds more elements than an array can", () -> read(new byte[0], 1 << 16, 1 << 15));
    Expect.refusal(
        "holds more elements than an array can",
        () -> read(new byte[0], Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0));
  }

  @Test
  void nothingIsReadWithoutTheAllowance() {
    InputStream in = new ByteArrayInputStream(new byte[8]);
    assertThrows(
        Budget.Exceeded.class,
        () -> Elements.read(
            in, ElementType.BOOL, ByteOrder.LITTLE_ENDIAN, new int[] {8}, false, new Budget(31)));
  }

  @Test
  void failuresOfTheStreamPassThrough() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();
    assertThrows(
        IOException.class,
        () -> Elements.read(
            broken, ElementType.INT8, ByteOrder.LITTLE_ENDIAN, new int[] {8}, false, UNLIMITED));
  }

  @Test
  void whatFollowsIsCountedAsFarAsThatIsOfUse() throws IOException {
    StreamEnd.expect(new ByteArrayInputStream(new byte[0]), "it");
    Expect.refusal("1 more byte follows it", () -> expectEnd(1));
    Expect.refusal("65536 more bytes follow it", () -> expectEnd(65_536));
    Expect.refusal("More than 65536 more bytes follow it", () -> expectEnd(1 << 20));
  }

  private static void expectEnd(int more) throws IOException {
    StreamEnd.expect(new ByteArrayInputStream(new byte[more]), "it");
  }

  private static DecodedArray read(byte[] data, int... shape) throws IOException {
    return Elements.read(
        new ByteArrayInputStream(data),
        ElementType.BOOL,
        ByteOrder.LITTLE_ENDIAN,
        shape,
        false,
        UNLIMITED);
  }

  private static DecodedArray read(InputStream in, SentArray sent, Allowance allowance)
      throws IOException {
    return Elements.read(
        in, sent.type(), sent.order(), sent.shape(), sent.fortranOrder(), allowance);
  }
}
