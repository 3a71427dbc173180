package dev.losses.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.losses.spi.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code docs/numerics.md} says of the errors still holds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumericsPageTest {
  private static final String ADVICE =
      "; improve the formula, or write the page anew with numerics/run.sh: ";

  /** Its e^t is infinite for targets that are no logarithms of probabilities. */
  private static final String OVERFLOWS = "kl_div log_target=true";

  /** Its gamma of 80 multiplies what rounding leaves of an inner product. */
  private static final String MULTIPLIES = "circle";

  private List<Figures> measured;
  private List<Line> page;

  @BeforeAll
  void measure() throws IOException {
    page = new Page(Path.of("../docs/numerics.md")).lines();
    measured = new ArrayList<>();
    for (Subject subject : Subject.all()) {
      for (DType dtype : DType.values()) {
        measured.add(new Measurement(subject, dtype).of(new Ours()).orElseThrow());
      }
    }
    assertFalse(measured.isEmpty());
  }

  @Test
  void noErrorIsLargerThanThePageSays() {
    List<String> worse = new ArrayList<>();
    for (Figures figures : measured) {
      Line line = Line.of(figures);
      page.stream()
          .filter(line::isAbout)
          .findFirst()
          .ifPresent(written -> worse.addAll(line.worseThan(written)));
    }
    assertEquals(List.of(), worse, "errors have grown" + ADVICE);
  }

  @Test
  void thePageHasEveryLossAndNoOther() {
    assertEquals(
        measured.stream().map(NumericsPageTest::name).toList(),
        page.stream().map(line -> line.loss() + " " + line.dtype()).toList(),
        "the page is about other losses" + ADVICE);
  }

  @Test
  void everyValueIsWithinSixUlpOfItsScale() {
    assertEquals(
        List.of(),
        measured.stream()
            .filter(figures -> !figures.loss().equals(OVERFLOWS))
            .filter(figures -> !figures.loss().startsWith(MULTIPLIES))
            .filter(figures -> !(figures.valueOfScale() <= 6))
            .map(NumericsPageTest::name)
            .toList());
  }

  private static String name(Figures figures) {
    return figures.loss() + " " + figures.dtype().wireName();
  }
}
