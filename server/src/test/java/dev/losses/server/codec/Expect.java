package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.Tensor;
import org.junit.jupiter.api.function.Executable;

/** What tests of several codecs expect. */
final class Expect {
  private Expect() {}

  static void array(SentArray sent, DecodedArray array) {
    Tensor tensor = array.tensor();
    assertEquals(sent.type(), array.elementType());
    assertEquals(sent.type().dtype(), tensor.dtype());
    assertArrayEquals(sent.shape(), tensor.shape());
    for (int i = 0; i < sent.values().length; i++) {
      assertEquals(sent.values()[i], tensor.get(i));
    }
  }

  static void refusal(String words, Executable reading) {
    FormatException e = assertThrows(FormatException.class, reading);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }
}
