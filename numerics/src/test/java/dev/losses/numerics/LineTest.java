package dev.losses.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineTest {
  private static final Line LINE =
      new Line("huber", "float32", List.of("1.2", "0.9", "2.3e7", "0", "3", "", "4.1"));

  @Test
  void aLineIsReadAsItWasWritten() {
    assertEquals(Optional.of(LINE), Line.parse(LINE.toString().strip()));
  }

  @Test
  void otherLinesOfThePageAreNotFigures() {
    Line.HEADER
        .formatted(72)
        .lines()
        .forEach(line -> assertEquals(Optional.empty(), Line.parse(line)));
    assertEquals(Optional.empty(), Line.parse("- huber, float32, value"));
  }

  @Test
  void aLargerErrorIsNamedAndASmallerOneIsNot() {
    Line other = new Line("huber", "float32", List.of("1.3", "0.9", "2.2e7", "0", "3", "9", "9"));
    List<String> worse = LINE.worseThan(other);
    assertEquals(1, worse.size());
    assertTrue(worse.get(0).contains("gradient, ulp is 2.3e7, the page says 2.2e7"));
  }

  @Test
  void figuresAreRoundedUp() {
    assertEquals("0", Figure.write(0));
    assertEquals("0.1", Figure.write(1e-9));
    assertEquals("1.3", Figure.write(1.201));
    assertEquals("13", Figure.write(12.01));
    assertEquals("1.3e4", Figure.write(12_001));
    assertEquals("1.0e5", Figure.write(99_999));
    assertEquals(Double.POSITIVE_INFINITY, Figure.read(Figure.write(Double.POSITIVE_INFINITY)));
  }
}
