package com.example.training;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Losses over time, the losses on a logarithmic axis. */
final class LossCurve {
  /** The loss at a time. */
  record Point(double time, double loss) {}

  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;
  private static final int LEFT = 70;
  private static final int RIGHT = WIDTH - 20;
  private static final int TOP = 50;
  private static final int BOTTOM = HEIGHT - 50;
  private static final String GREY = "#555";
  private static final List<String> COLOURS = List.of("#1f77b4", "#d95f02", "#222222");

  private final String title;
  private final String timeLabel;
  private final Map<String, List<Point>> lines = new LinkedHashMap<>();

  LossCurve(String title, String timeLabel) {
    this.title = title;
    this.timeLabel = timeLabel;
  }

  /** Adds a line; what a logarithm has no place for is left out. */
  void add(String name, List<Point> points) {
    lines.put(
        name,
        points.stream()
            .filter(point -> point.loss() > 0 && Double.isFinite(point.loss()))
            .toList());
  }

  Path write(Path directory, String name) {
    Svg svg = new Svg(WIDTH, HEIGHT);
    svg.text(LEFT, 28, 18, Svg.Anchor.START, "black", title);
    double end = Math.max(1, values(Point::time).max().orElse(1));
    List<BigDecimal> ticks =
        ticks(values(Point::loss).min().orElse(0.1), values(Point::loss).max().orElse(1));
    double low = Math.log10(ticks.get(0).doubleValue());
    double high = Math.log10(ticks.get(ticks.size() - 1).doubleValue());

    for (BigDecimal tick : ticks) {
      double y = y(tick.doubleValue(), low, high);
      svg.line(LEFT, y, RIGHT, y, "#ddd");
      svg.text(LEFT - 8, y + 4, 12, Svg.Anchor.END, GREY, label(tick));
    }
    double step = timeStep(end);
    for (double time = 0; time <= end; time += step) {
      svg.text(x(time, end), BOTTOM + 18, 12, Svg.Anchor.MIDDLE, GREY, String.valueOf((long) time));
    }
    svg.line(LEFT, BOTTOM, RIGHT, BOTTOM, GREY);
    svg.line(LEFT, TOP, LEFT, BOTTOM, GREY);
    svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 12, 12, Svg.Anchor.MIDDLE, GREY, timeLabel);
    svg.text(LEFT, TOP - 8, 12, Svg.Anchor.END, GREY, "loss");

    int index = 0;
    for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
      String colour = COLOURS.get(index % COLOURS.size());
      // A line that lies on another is still seen: the later ones are dashed.
      int dashes = 4 * index;
      svg.path(
          line.getValue().stream()
              .map(point -> new double[] {x(point.time(), end), y(point.loss(), low, high)})
              .toList(),
          colour,
          dashes);
      double legend = TOP + 18.0 * (index + 1);
      svg.path(
          List.of(new double[] {RIGHT - 190, legend - 4}, new double[] {RIGHT - 150, legend - 4}),
          colour,
          dashes);
      svg.text(RIGHT - 142, legend, 13, Svg.Anchor.START, "black", line.getKey());
      index++;
    }
    return svg.write(directory, name);
  }

  private DoubleStream values(ToDoubleFunction<Point> value) {
    return lines.values().stream().flatMap(List::stream).mapToDouble(value);
  }

  /** 1, 2, 5 or a power of ten times that, so that at most ten fit. */
  private static double timeStep(double end) {
    double step = 1;
    for (int i = 0; end / step > 10; i++) {
      step *= i % 3 == 1 ? 2.5 : 2;
    }
    return step;
  }

  private static double x(double time, double end) {
    return LEFT + (RIGHT - LEFT) * time / end;
  }

  private static double y(double loss, double low, double high) {
    return BOTTOM - (BOTTOM - TOP) * (Math.log10(loss) - low) / (high - low);
  }

  private static String label(BigDecimal tick) {
    return tick.compareTo(BigDecimal.ONE) < 0 ? tick.toString() : tick.toPlainString();
  }

  /** Powers of ten around these losses, and 2 and 5 times them where that leaves few. */
  private static List<BigDecimal> ticks(double least, double most) {
    long[] steps = most / least > 100 ? new long[] {1} : new long[] {1, 2, 5};
    List<BigDecimal> ticks = new ArrayList<>();
    int power = (int) Math.floor(Math.log10(least));
    while (true) {
      for (long step : steps) {
        BigDecimal tick = BigDecimal.valueOf(step).scaleByPowerOfTen(power);
        if (tick.doubleValue() <= least) {
          ticks.clear();
        }
        ticks.add(tick);
        if (tick.doubleValue() > most) {
          return ticks;
        }
      }
      power++;
    }
  }
}
