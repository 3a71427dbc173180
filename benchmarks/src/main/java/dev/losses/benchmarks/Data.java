package dev.losses.benchmarks;

import dev.losses.spi.Tensor;
import java.util.Random;

/** What the inputs of a loss look like. */
enum Data {
  /** Real numbers whose errors lie on both sides of 1. */
  REAL {
    @Override
    Sample sample(Shape shape, Random random) {
      return pair(shape, normal(shape, random, 1), normal(shape, random, 2));
    }
  },
  /** Labels 0 and 1, and logits. */
  YES_OR_NO {
    @Override
    Sample sample(Shape shape, Random random) {
      float[] labels = new float[shape.size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextInt(2);
      }
      return pair(shape, labels, normal(shape, random, 2));
    }
  },
  /** Labels -1 and 1, and real numbers on both sides of 1. */
  SIGNS {
    @Override
    Sample sample(Shape shape, Random random) {
      float[] signs = new float[shape.size()];
      for (int i = 0; i < signs.length; i++) {
        signs[i] = random.nextBoolean() ? 1 : -1;
      }
      return pair(shape, signs, normal(shape, random, 2));
    }
  },
  /** Labels 0 and 1, and numbers from 0 to 2: distances, or twice a probability. */
  DISTANCES {
    @Override
    Sample sample(Shape shape, Random random) {
      float[] labels = new float[shape.size()];
      float[] distances = new float[shape.size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextInt(2);
        distances[i] = 2 * random.nextFloat();
      }
      return pair(shape, labels, distances);
    }
  },
  /** Counts and positive rates. */
  COUNTS {
    @Override
    Sample sample(Shape shape, Random random) {
      float[] counts = new float[shape.size()];
      float[] rates = new float[shape.size()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = random.nextInt(10);
        rates[i] = 0.1f + 9 * random.nextFloat();
      }
      return pair(shape, counts, rates);
    }
  },
  /** Rows of probabilities, and rows of probabilities. */
  DISTRIBUTIONS {
    @Override
    Sample sample(Shape shape, Random random) {
      return pair(shape, distributions(shape, random), distributions(shape, random));
    }
  },
  /** Rows with one 1, and rows of logits. */
  ONE_HOT {
    @Override
    Sample sample(Shape shape, Random random) {
      float[] labels = new float[shape.size()];
      for (int row = 0; row < shape.rows(); row++) {
        labels[row * shape.columns() + random.nextInt(shape.columns())] = 1;
      }
      return pair(shape, labels, normal(shape, random, 2));
    }
  },
  /** A class for each row, and rows of logits. */
  CLASS_INDEX {
    @Override
    Sample sample(Shape shape, Random random) {
      float[] labels = new float[shape.rows()];
      for (int row = 0; row < labels.length; row++) {
        labels[row] = random.nextInt(shape.columns());
      }
      return new Sample(
          Tensor.of(labels, labels.length), Tensor.of(normal(shape, random, 2), shape.toArray()));
    }
  },
  /** A sequence of classes, none of them 0, for each example, and logits at four times as many steps. */
  SEQUENCES {
    @Override
    Sample sample(Shape shape, Random random) {
      float[] labels = new float[labels(shape)];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = 1 + random.nextInt(shape.columns() - 1);
      }
      return new Sample(
          Tensor.of(labels, shape.rows(), labels.length / shape.rows()),
          Tensor.of(normal(shape, random, 2), shape.toArray()));
    }
  };

  private static final long SEED = 42;
  private static final int STEPS_PER_LABEL = 4;

  /** The same numbers for every contender. */
  final Sample sample(Shape shape) {
    return sample(shape, new Random(SEED));
  }

  abstract Sample sample(Shape shape, Random random);

  /** How many numbers a loss reads for {@code y_true}. */
  final int labels(Shape shape) {
    return switch (this) {
      case CLASS_INDEX -> shape.rows();
      case SEQUENCES -> shape.size() / shape.columns() / STEPS_PER_LABEL;
      default -> shape.size();
    };
  }

  private static Sample pair(Shape shape, float[] yTrue, float[] yPred) {
    return new Sample(Tensor.of(yTrue, shape.toArray()), Tensor.of(yPred, shape.toArray()));
  }

  private static float[] normal(Shape shape, Random random, double scale) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  private static float[] distributions(Shape shape, Random random) {
    float[] values = new float[shape.size()];
    for (int start = 0; start < values.length; start += shape.columns()) {
      double sum = 0;
      for (int i = start; i < start + shape.columns(); i++) {
        values[i] = 0.01f + random.nextFloat();
        sum += values[i];
      }
      for (int i = start; i < start + shape.columns(); i++) {
        values[i] = (float) (values[i] / sum);
      }
    }
    return values;
  }
}
