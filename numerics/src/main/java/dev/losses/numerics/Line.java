package dev.losses.numerics;

import dev.losses.spi.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A line of the table: a loss in one dtype.
 *
 * @param figures as they are written: the errors of our value in ulp and of its scale, those of our gradient, the lost
 *     rows, then a peer's value and gradient in ulp, empty where the peer was not measured
 */
record Line(String loss, String dtype, List<String> figures) {
  static final String HEADER = """
      | loss | dtype | value, ulp | of scale | gradient, ulp | of scale | lost of %d | PyTorch value, ulp | PyTorch gradient, ulp |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- |
      """;
  private static final int OURS = 5;
  private static final int FIGURES = 7;
  private static final List<String> NAMES =
      List.of("value, ulp", "value, of scale", "gradient, ulp", "gradient, of scale", "lost rows");

  static Line of(Figures ours) {
    return new Line(
        ours.loss(),
        ours.dtype().wireName(),
        List.of(
            Figure.write(ours.valueUlp()),
            Figure.write(ours.valueOfScale()),
            Figure.write(ours.gradientUlp()),
            Figure.write(ours.gradientOfScale()),
            Integer.toString(ours.lost()),
            "",
            ""));
  }

  /** The line of this Markdown, if it is one. */
  static Optional<Line> parse(String markdown) {
    if (!markdown.startsWith("| ") || !markdown.endsWith("|")) {
      return Optional.empty();
    }
    List<String> cells =
        Arrays.stream(markdown.substring(1).split("\\|", -1)).map(String::strip).toList();
    boolean isLine = cells.size() == FIGURES + 3
        && Arrays.stream(DType.values()).anyMatch(dtype -> dtype.wireName().equals(cells.get(1)));
    return isLine
        ? Optional.of(new Line(cells.get(0), cells.get(1), cells.subList(2, 2 + FIGURES)))
        : Optional.empty();
  }

  boolean isAbout(Line other) {
    return loss.equals(other.loss) && dtype.equals(other.dtype);
  }

  Line withPeer(String valueUlp, String gradientUlp) {
    List<String> all = new ArrayList<>(figures.subList(0, OURS));
    all.add(valueUlp);
    all.add(gradientUlp);
    return new Line(loss, dtype, all);
  }

  Line withPeerOf(Line recorded) {
    return withPeer(recorded.figures.get(OURS), recorded.figures.get(OURS + 1));
  }

  /** What of ours is worse here than in the other. */
  List<String> worseThan(Line other) {
    List<String> worse = new ArrayList<>();
    for (int i = 0; i < OURS; i++) {
      if (Figure.read(figures.get(i)) > Figure.read(other.figures.get(i))) {
        worse.add(loss + " " + dtype + ": " + NAMES.get(i) + " is " + figures.get(i)
            + ", the page says " + other.figures.get(i));
      }
    }
    return worse;
  }

  @Override
  public String toString() {
    return "| " + loss + " | " + dtype + " | " + String.join(" | ", figures) + " |\n";
  }
}
