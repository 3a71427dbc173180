package dev.losses.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How long each pointwise loss takes beside the median of its group, as Markdown. */
record GroupReport(List<Line> lines) {

  /** One loss, with or without its gradient. */
  record Line(Pointwise loss, boolean gradient, Jmh.Call call) {}

  @Override
  public String toString() {
    String rows = lines.stream().map(this::row).collect(Collectors.joining());
    return rows.isEmpty() ? "" : """
        Every pointwise loss of the catalogue with its default parameters: float32, 4 million elements, one thread. A group
        are the losses whose formulas have as many exponentials and logarithms, as many divisions and square roots, and as
        many inputs; `of the group` is the time over the median of the group's.

        | functions, quotients, inputs | work | ns/element | of the group |
        | --- | --- | --- | --- |
        """ + rows;
  }

  private String row(Line line) {
    double nanos = line.call.nanos() / PointwiseLoss.ELEMENTS;
    return String.format(
        Locale.ROOT,
        "| %s | %s, %s | %.3f ±%.0f %% | %.2f |\n",
        line.loss.group(),
        line.loss.loss(),
        line.gradient ? "value and gradient" : "value",
        nanos,
        100 * line.call.spread(),
        line.call.nanos() / median(line));
  }

  private double median(Line line) {
    double[] times = lines.stream()
        .filter(other -> other.gradient == line.gradient)
        .filter(other -> other.loss.group().equals(line.loss.group()))
        .mapToDouble(other -> other.call.nanos())
        .sorted()
        .toArray();
    int middle = times.length / 2;
    return times.length % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
  }
}
