package dev.losses.numerics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** {@code docs/numerics.md}, whose tables stand between two comments. */
record Page(Path file) {
  private static final String START = "<!-- numerics/run.sh writes from here -->";
  private static final String END = "<!-- to here -->";
  /** Below, an input is of no interest. */
  private static final double NOTEWORTHY_ULP = 4;

  List<Line> lines() throws IOException {
    return Files.readString(file)
        .lines()
        .flatMap(line -> Line.parse(line).stream())
        .toList();
  }

  /** Writes the tables anew, and nothing else. */
  void put(List<Line> lines, List<Figures> figures) throws IOException {
    String text = Files.readString(file);
    int start = text.indexOf(START);
    int end = text.indexOf(END, start + 1);
    if (start < 0 || end < 0) {
      throw new IllegalStateException(file + " has no lines " + START + " and " + END);
    }
    String part = table(lines, figures) + "\n## The worst inputs\n\n" + inputs(figures);
    Files.writeString(
        file,
        text.substring(0, start + START.length()) + "\n\n" + part + "\n" + text.substring(end));
  }

  private static String table(List<Line> lines, List<Figures> figures) {
    int rows = figures.stream().mapToInt(Figures::extremeRows).max().orElse(0);
    return Line.HEADER.formatted(rows)
        + lines.stream().map(Line::toString).collect(Collectors.joining());
  }

  private static String inputs(List<Figures> figures) {
    return figures.stream()
        .map(each -> input(each, "value", each.valueUlp(), each.valueWhere())
            + input(each, "gradient", each.gradientUlp(), each.gradientWhere()))
        .collect(Collectors.joining());
  }

  private static String input(Figures figures, String what, double ulp, String where) {
    return ulp < NOTEWORTHY_ULP
        ? ""
        : "- %s, %s, %s, %s ulp: %s\n"
            .formatted(figures.loss(), figures.dtype().wireName(), what, Figure.write(ulp), where);
  }
}
