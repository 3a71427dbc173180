package com.example.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairsTest {
  private static final Path DATA = Path.of("/usr/share/datasets/fashion-mnist");

  @Test
  void halfOfAnyNumberOfPairsAreSimilarAndTheLabelsSayWhich() {
    assumeTrue(
        Files.isDirectory(DATA) || System.getenv("CI") != null,
        "needs the package dataset-fashion-mnist");
    FashionMnist images = FashionMnist.read(DATA, "t10k");

    Pairs pairs = Pairs.of(images, 1001, new Random(1)).shuffled(new Random(2));

    assertEquals(1000, pairs.size());
    int similar = 0;
    for (int i = 0; i < pairs.size(); i++) {
      Pairs.Pair pair = pairs.get(i);
      assertEquals(images.label(pair.left()) == images.label(pair.right()), pair.similar());
      similar += pair.similar() ? 1 : 0;
    }
    assertEquals(500, similar);
    assertEquals(500, pairs.batch(0, 1000).getLabels(0).sumNumber().intValue());
  }
}
