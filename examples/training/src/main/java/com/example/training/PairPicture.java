package com.example.training;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Pairs of images with their distances; those the network is wrong about are framed. */
final class PairPicture {
  private static final int COLUMNS = 6;
  private static final int ROWS = 6;
  private static final int SIZE = 64;
  private static final int CELL_WIDTH = 2 * SIZE + 24;
  private static final int CELL_HEIGHT = SIZE + 48;
  private static final int TOP = 64;
  private static final String WRONG = "#d00000";

  private PairPicture() {}

  /** Draws the first pairs. */
  static Path write(Evaluation evaluation, Path directory, String name) {
    int count = Math.min(COLUMNS * ROWS, evaluation.pairs().size());
    Svg svg = new Svg(COLUMNS * CELL_WIDTH + 24, TOP + ROWS * CELL_HEIGHT);
    svg.text(16, 28, 18, Svg.Anchor.START, "black", "Test pairs and the distance the network sees");
    svg.text(
        16,
        50,
        13,
        Svg.Anchor.START,
        WRONG,
        "framed: wrong, the distance is on the other side of 0.5");
    for (int i = 0; i < count; i++) {
      draw(svg, evaluation, i, 16 + i % COLUMNS * CELL_WIDTH, TOP + i / COLUMNS * CELL_HEIGHT);
    }
    return svg.write(directory, name);
  }

  private static void draw(Svg svg, Evaluation evaluation, int index, int x, int y) {
    Pairs.Pair pair = evaluation.pairs().get(index);
    FashionMnist images = evaluation.pairs().images();
    boolean right = evaluation.right(index);
    svg.image(x + 6, y + 6, SIZE, uri(images, pair.left()));
    svg.image(x + 6 + SIZE, y + 6, SIZE, uri(images, pair.right()));
    String text = String.format(
        Locale.ROOT,
        "%s, %.2f",
        pair.similar() ? "similar" : "dissimilar",
        evaluation.distance(index));
    svg.text(x + 6 + SIZE, y + SIZE + 24, 13, Svg.Anchor.MIDDLE, right ? "black" : WRONG, text);
    if (!right) {
      svg.frame(x, y, CELL_WIDTH - 12, CELL_HEIGHT - 14, WRONG);
    }
  }

  /** An image as PNG in a data URI. */
  private static String uri(FashionMnist images, int image) {
    BufferedImage picture =
        new BufferedImage(FashionMnist.SIDE, FashionMnist.SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < FashionMnist.PIXELS; i++) {
      picture
          .getRaster()
          .setSample(i % FashionMnist.SIDE, i / FashionMnist.SIDE, 0, images.pixel(image, i));
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory has no disk to fail", e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }
}
