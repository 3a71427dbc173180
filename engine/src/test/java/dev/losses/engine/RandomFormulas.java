package dev.losses.engine;

import static dev.losses.spi.Expr.where;

import dev.losses.spi.Condition;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.NamedInputsLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random well-formed formulas of every operator. */
final class RandomFormulas {
  private static final double[] NUMBERS = {0, -0.0, 1, -1, 0.5, 2, 3, 1e-7, 1e30, -7.25};

  private final Random random;
  private final boolean rows;
  private final List<Expr> values = new ArrayList<>();

  private RandomFormulas(Random random, boolean rows) {
    this.random = random;
    this.rows = rows;
  }

  /**
   * A loss of the inputs {@code y_true} and {@code y_pred} and, where it looks along rows, {@code label}.
   *
   * @param depth how many operators are stacked at most
   */
  static NamedInputsLoss loss(long seed, int depth, boolean rows) {
    List<Input> inputs =
        new ArrayList<>(List.of(Input.of("y_true", Domain.REAL), Input.of("y_pred", Domain.REAL)));
    if (rows) {
      inputs.add(Input.of("label", Domain.CLASS_INDEX).perRow());
    }
    return Evaluations.loss(
        inputs, in -> new RandomFormulas(new Random(seed), rows).formula(in, depth));
  }

  private Expr formula(Inputs in, int depth) {
    values.add(in.get("y_true"));
    values.add(in.get("y_pred"));
    if (rows) {
      values.add(in.get("label"));
      values.add(Expr.classIndex());
      values.add(Expr.lastAxisSize());
      values.add(Expr.perClass(List.of(0.75)));
    }
    Expr label = rows ? in.get("label") : Expr.constant(0);
    for (int i = 0; i < depth; i++) {
      values.add(rows && random.nextInt(3) == 0 ? ofRow(label) : pointwise());
    }
    Expr loss = values.get(values.size() - 1);
    return random.nextInt(4) == 0 ? loss.countedAs(where(condition(), 0.25, any())) : loss;
  }

  /** One of the values so far; the latest are the deepest, and likelier. */
  private Expr any() {
    if (random.nextInt(8) == 0) {
      return Expr.constant(
          random.nextBoolean() ? random.nextGaussian() : NUMBERS[random.nextInt(NUMBERS.length)]);
    }
    int back = (int) Math.abs(random.nextGaussian() * 2);
    return values.get(Math.max(0, values.size() - 1 - back));
  }

  private Condition condition() {
    Condition condition = switch (random.nextInt(3)) {
      case 0 -> any().lessThan(any());
      case 1 -> any().atMost(any());
      default -> any().equalTo(any());
    };
    return switch (random.nextInt(6)) {
      case 0 -> condition.and(condition());
      case 1 -> condition.or(condition());
      case 2 -> condition.not();
      default -> condition;
    };
  }

  private Expr pointwise() {
    Expr x = any();
    return switch (random.nextInt(25)) {
      case 0 -> x.plus(any());
      case 1, 2 -> x.minus(any());
      case 3, 4 -> x.times(any());
      case 5 -> x.div(any());
      case 6 -> x.unaryMinus();
      case 7 -> x.pow(any());
      case 8 -> x.pow(2.5);
      case 9 -> x.squared();
      case 10 -> x.sqrt();
      case 11 -> x.abs();
      case 12 -> x.exp();
      case 13 -> x.expm1();
      case 14 -> x.log();
      case 15 -> x.log1p();
      case 16 -> x.tanh();
      case 17 -> x.sigmoid();
      case 18 -> x.softplus();
      case 19 -> x.maximum(any());
      case 20 -> x.minimum(any());
      case 21 -> x.clip(-0.5, 1.5);
      case 22 -> x.detached();
      default -> where(condition(), x, any());
    };
  }

  private Expr ofRow(Expr label) {
    Expr x = any();
    return switch (random.nextInt(10)) {
      case 0 -> x.sum();
      case 1 -> x.mean();
      case 2 -> x.max();
      case 3 -> x.logSumExp();
      case 4 -> x.softmax();
      case 5 -> x.logSoftmax();
      case 6 -> x.norm(1 + random.nextInt(3));
      case 7 -> x.norm(Double.POSITIVE_INFINITY);
      case 8 -> x.at(Expr.lastAxisSize().minus(1));
      default -> x.at(label);
    };
  }
}
