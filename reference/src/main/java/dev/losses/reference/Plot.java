package dev.losses.reference;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Draws a curve as SVG: the loss above, its gradient below. The colours suit a light and a dark page. */
final class Plot {
  private static final double LEFT = 58;
  private static final double RIGHT = 350;
  private static final double BOTTOM = 180;
  private static final int DIGITS = 4;
  private static final String STYLE = """
      <style>
      text { font: 11px sans-serif; fill: #57606a }
      line { stroke: #8b949e; stroke-opacity: 0.3 }
      path { fill: none; stroke-width: 2; stroke-linejoin: round }
      .loss { stroke: #0969da }
      .gradient { stroke: #bc4c00 }
      text.loss { fill: #0969da; stroke: none }
      text.gradient { fill: #bc4c00; stroke: none }
      @media (prefers-color-scheme: dark) {
      text { fill: #9da7b1 }
      .loss { stroke: #58a6ff }
      .gradient { stroke: #f0883e }
      text.loss { fill: #58a6ff }
      text.gradient { fill: #f0883e }
      }
      </style>
      """;

  private final Curve curve;
  private final Axis across;
  private final StringBuilder svg = new StringBuilder();

  private Plot(Curve curve) {
    this.curve = curve;
    List<Curve.Point> points = curve.points();
    this.across = new Axis(points.get(0).x(), points.get(points.size() - 1).x(), LEFT, RIGHT);
  }

  static String svg(Curve curve) {
    return new Plot(curve).draw();
  }

  private String draw() {
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 220\" width=\"360\"")
        .append(" height=\"220\">\n");
    svg.append(STYLE);
    panel("loss", Curve.Point::loss, 8, 90);
    panel("gradient", Curve.Point::gradient, 98, BOTTOM);
    for (double tick : across.ticks(8)) {
      text(across.at(tick), BOTTOM + 14, "middle", "", number(tick));
    }
    text((LEFT + RIGHT) / 2, BOTTOM + 31, "middle", "", curve.input().name());
    return svg.append("</svg>\n").toString();
  }

  private void panel(String name, ToDoubleFunction<Curve.Point> value, double top, double bottom) {
    Axis up = Axis.around(curve.points().stream().mapToDouble(value), bottom, top);
    svg.append("<clipPath id=\"").append(name).append("\"><rect");
    attribute("x", LEFT);
    attribute("y", top);
    attribute("width", RIGHT - LEFT);
    attribute("height", bottom - top);
    svg.append("/></clipPath>\n");
    for (double tick : across.ticks(8)) {
      line(across.at(tick), top, across.at(tick), bottom);
    }
    for (double tick : up.ticks(4)) {
      line(LEFT, up.at(tick), RIGHT, up.at(tick));
      text(LEFT - 5, up.at(tick) + 4, "end", "", number(tick));
    }
    svg.append("<path class=\"").append(name).append("\" clip-path=\"url(#").append(name);
    svg.append(")\" d=\"").append(path(value, up)).append("\"/>\n");
    // Beside the panel, where no curve runs; turned, so that the numbers keep their room.
    svg.append("<g transform=\"translate(13 ").append(number((top + bottom) / 2));
    svg.append(") rotate(-90)\">\n");
    text(0, 0, "middle", name, name);
    svg.append("</g>\n");
  }

  /** Broken where there is no value. */
  private String path(ToDoubleFunction<Curve.Point> value, Axis up) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (Curve.Point point : curve.points()) {
      double y = value.applyAsDouble(point);
      boolean draws = Double.isFinite(y);
      if (draws) {
        path.append(drawing ? 'L' : 'M').append(number(across.at(point.x())));
        path.append(' ').append(number(up.at(y)));
      }
      drawing = draws;
    }
    return path.toString();
  }

  private void line(double x1, double y1, double x2, double y2) {
    svg.append("<line");
    attribute("x1", x1);
    attribute("y1", y1);
    attribute("x2", x2);
    attribute("y2", y2);
    svg.append("/>\n");
  }

  private void text(double x, double y, String anchor, String styleClass, String content) {
    svg.append("<text");
    attribute("x", x);
    attribute("y", y);
    svg.append(" text-anchor=\"").append(anchor).append('"');
    if (!styleClass.isEmpty()) {
      svg.append(" class=\"").append(styleClass).append('"');
    }
    svg.append('>').append(content).append("</text>\n");
  }

  private void attribute(String name, double value) {
    svg.append(' ').append(name).append("=\"").append(number(value)).append('"');
  }

  private static String number(double value) {
    return Digits.rounded(value, DIGITS);
  }
}
