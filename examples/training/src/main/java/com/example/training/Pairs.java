package com.example.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pairs of images, half of them similar. Each image is paired with the next one of its class and with one of another
 * class.
 */
final class Pairs {
  /** Two images by their numbers; they are similar when they are of one class. */
  record Pair(int left, int right, boolean similar) {}

  private final FashionMnist images;
  private final List<Pair> pairs;

  private Pairs(FashionMnist images, List<Pair> pairs) {
    this.images = images;
    this.pairs = pairs;
  }

  /** Pairs of these images, in random order, at most {@code limit} of them. */
  static Pairs of(FashionMnist images, int limit, Random random) {
    List<List<Integer>> classes = new ArrayList<>();
    for (int c = 0; c < FashionMnist.CLASSES; c++) {
      classes.add(new ArrayList<>());
    }
    for (int image = 0; image < images.size(); image++) {
      classes.get(images.label(image)).add(image);
    }
    int each = classes.stream().mapToInt(List::size).min().orElse(0) - 1;
    if (each < 1) {
      throw new MistakeException(
          "Fashion-MNIST has at least two images of each class; this data has not.");
    }
    // A similar and a dissimilar pair go together, so that a limit keeps the balance.
    List<List<Pair>> couples = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (int c = 0; c < FashionMnist.CLASSES; c++) {
        int other = (c + 1 + random.nextInt(FashionMnist.CLASSES - 1)) % FashionMnist.CLASSES;
        int image = classes.get(c).get(i);
        couples.add(List.of(
            new Pair(image, classes.get(c).get(i + 1), true),
            new Pair(image, classes.get(other).get(i), false)));
      }
    }
    Collections.shuffle(couples, random);
    return new Pairs(
        images, couples.stream().limit(limit / 2).flatMap(List::stream).toList());
  }

  int size() {
    return pairs.size();
  }

  Pair get(int index) {
    return pairs.get(index);
  }

  FashionMnist images() {
    return images;
  }

  /** The same pairs in another order. */
  Pairs shuffled(Random random) {
    List<Pair> shuffled = new ArrayList<>(pairs);
    Collections.shuffle(shuffled, random);
    return new Pairs(images, shuffled);
  }

  /** Those pairs as a network takes them: left and right images, and 1 where they are similar. */
  MultiDataSet batch(int from, int to) {
    int count = to - from;
    float[] left = new float[count * FashionMnist.PIXELS];
    float[] right = new float[count * FashionMnist.PIXELS];
    float[] similar = new float[count];
    for (int i = 0; i < count; i++) {
      Pair pair = pairs.get(from + i);
      for (int pixel = 0; pixel < FashionMnist.PIXELS; pixel++) {
        left[i * FashionMnist.PIXELS + pixel] = images.pixel(pair.left(), pixel) / 255f;
        right[i * FashionMnist.PIXELS + pixel] = images.pixel(pair.right(), pixel) / 255f;
      }
      similar[i] = pair.similar() ? 1 : 0;
    }
    return new MultiDataSet(
        new INDArray[] {rows(left, count), rows(right, count)},
        new INDArray[] {rows(similar, count)});
  }

  private static INDArray rows(float[] values, int count) {
    return Nd4j.createFromArray(values).reshape(count, values.length / count);
  }
}
