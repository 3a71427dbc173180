package com.example.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A drawing in SVG: text, so that it needs no fonts where it is made. */
final class Svg {
  private final StringBuilder elements = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Where a text lies with respect to its position. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void text(double x, double y, int size, Anchor anchor, String colour, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    add(
        "<text x='%.1f' y='%.1f' font-size='%d' text-anchor='%s' fill='%s'>%s</text>",
        x, y, size, anchor.name().toLowerCase(Locale.ROOT), colour, escaped);
  }

  void line(double x1, double y1, double x2, double y2, String colour) {
    add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>", x1, y1, x2, y2, colour);
  }

  /** A line through points; dashes of that length, none for 0. */
  void path(Iterable<double[]> points, String colour, int dashes) {
    StringBuilder line = new StringBuilder();
    for (double[] point : points) {
      line.append(String.format(Locale.ROOT, "%.1f,%.1f ", point[0], point[1]));
    }
    add(
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='2' stroke-dasharray='%s'/>",
        line.toString().strip(), colour, dashes == 0 ? "none" : dashes);
  }

  void frame(double x, double y, double width, double height, String colour) {
    add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='none' stroke='%s' stroke-width='3'/>",
        x, y, width, height, colour);
  }

  /** A picture given as a data URI. */
  void image(double x, double y, double size, String uri) {
    add(
        "<image x='%.1f' y='%.1f' width='%.1f' height='%.1f' image-rendering='pixelated' href='%s'/>",
        x, y, size, size, uri);
  }

  private void add(String format, Object... values) {
    elements.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  Path write(Path directory, String name) {
    Path file = directory.resolve(name);
    try {
      Files.writeString(
          file,
          String.format(
                  Locale.ROOT,
                  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
                      + " font-family='sans-serif'>%n<rect width='100%%' height='100%%' fill='white'/>%n",
                  width,
                  height,
                  width,
                  height)
              + elements
              + "</svg>\n");
    } catch (IOException e) {
      throw new MistakeException("Cannot write " + file + ": " + e);
    }
    return file;
  }
}
