package dev.losses.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final Answer EXPECTED = Answer.of(2, new float[] {1, -0.5f, 0});

  @Test
  void sameToFourDigitsAgrees() {
    Answer near = Answer.of(2.0001, new float[] {1.00005f, -0.50002f, 5e-7f});
    assertDoesNotThrow(() -> near.mustAgreeWith(EXPECTED));
  }

  @Test
  void otherValueFails() {
    refused(Answer.of(2.001, new float[] {1, -0.5f, 0}));
  }

  @Test
  void otherEntryOfTheGradientFails() {
    refused(Answer.of(2, new float[] {1, -0.5f, 1e-5f}));
    refused(Answer.of(2, new float[] {1, -0.501f, 0}));
  }

  @Test
  void shorterGradientFails() {
    refused(Answer.of(2, new float[] {1, -0.5f}));
  }

  @Test
  void missingGradientFails() {
    refused(Answer.of(2));
  }

  @Test
  void notANumberFails() {
    refused(Answer.of(Double.NaN, new float[] {1, -0.5f, 0}));
    refused(Answer.of(2, new float[] {1, Float.NaN, 0}));
  }

  private static void refused(Answer answer) {
    assertThrows(IllegalStateException.class, () -> answer.mustAgreeWith(EXPECTED));
  }
}
