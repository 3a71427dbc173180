package dev.losses.numerics;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.SplittableRandom;

/**
 * Numbers that are hard to compute with: a loss's own constants and their neighbours, probabilities near 0 and 1, logits
 * of 1000, and sizes from 1e-6 to 1e6.
 */
final class HardNumbers {
  private static final double[] NUMBERS = {
    0, 1e-8, 1e-5, 1e-3, 0.1, 0.5, 1, 2, 3, Math.PI, 17, 20, 50, 88, 100, 700, 1000, 1e5
  };
  private static final double[] PROBABILITIES = {
    0, 1e-20, 1e-8, 1e-7, 2e-7, 1e-6, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, 1 - 1e-6, 1 - 1e-7, 1
  };
  private static final double[] SIZES_OF_FLOAT32 = {1e-45, 1e-40, 1e-30, 1e-20, 1e20, 1e30, 3e38};
  private static final double[] SIZES_OF_FLOAT64 = {
    4.9e-324, 1e-310, 1e-250, 1e-170, 1e170, 1e250, 1.7e308
  };

  private final SplittableRandom random;
  private final DType dtype;
  private final double[] constants;

  /** @param constants those of the loss */
  HardNumbers(SplittableRandom random, DType dtype, double[] constants) {
    this.random = random;
    this.dtype = dtype;
    this.constants = constants;
  }

  double draw(boolean probability) {
    int kind = random.nextInt(8);
    if (kind == 0 && constants.length > 0) {
      return near(one(constants));
    }
    if (kind <= 3) {
      return sign() * one(probability ? PROBABILITIES : NUMBERS);
    }
    if (kind == 4) {
      return sign() * StrictMath.pow(10, 12 * random.nextDouble() - 6);
    }
    return probability ? random.nextDouble() : 3 * gaussian();
  }

  /** The same, a neighbour, or off by a little or by one of the loss's constants. */
  double near(double value) {
    if (value == 0) {
      return 0;
    }
    return switch (random.nextInt(5)) {
      case 0 -> value;
      case 1 -> dtype == DType.FLOAT32 ? Math.nextUp((float) value) : Math.nextUp(value);
      case 2 -> dtype == DType.FLOAT32 ? Math.nextDown((float) value) : Math.nextDown(value);
      case 3 -> value * (1 + sign() * StrictMath.pow(2, -random.nextInt(1, 20)));
      default -> value + sign() * (constants.length > 0 ? one(constants) : 1e-3);
    };
  }

  double[] distribution(int width) {
    double sharpness = StrictMath.pow(10, 3 * random.nextDouble() - 1);
    double[] values = new double[width];
    double sum = 0;
    for (int i = 0; i < width; i++) {
      values[i] = StrictMath.exp(-sharpness * Math.abs(gaussian()));
      sum += values[i];
    }
    for (int i = 0; i < width; i++) {
      values[i] = rounded(Math.min(1, values[i] / sum));
    }
    return values;
  }

  /** A number near an end of the range. */
  double size() {
    return sign() * one(dtype == DType.FLOAT32 ? SIZES_OF_FLOAT32 : SIZES_OF_FLOAT64);
  }

  double rounded(double value) {
    return dtype == DType.FLOAT32 ? (float) value : value;
  }

  int sign() {
    return random.nextBoolean() ? 1 : -1;
  }

  /** A tensor of numbers that the dtype has. */
  Tensor tensor(double[] values, int... shape) {
    if (dtype == DType.FLOAT64) {
      return Tensor.of(values, shape);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats, shape);
  }

  private double gaussian() {
    // The sum of twelve uniform numbers: near enough, and the same on every JDK.
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  private double one(double[] values) {
    return values[random.nextInt(values.length)];
  }
}
