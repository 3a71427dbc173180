package dev.losses.benchmarks;

import dev.losses.api.Loss;
import dev.losses.api.LossCatalog;
import dev.losses.engine.Computation;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** The public Java API, as a caller who cares for speed uses it. */
final class Ours {
  private static final long LONGEST_WARM_UP = TimeUnit.SECONDS.toNanos(60);

  private Ours() {}

  static DoubleSupplier timed(Point point) {
    Tensor target = Tensor.zeros(DType.FLOAT32, point.shape().toArray());
    Loss loss = loss(point);
    DoubleSupplier evaluation = evaluation(loss, point, point.sample(), target);
    Answer first = answer(point, evaluation, target);
    awaitKernel(loss, evaluation);
    answer(point, evaluation, target).mustAgreeWith(first);
    return evaluation;
  }

  /** What the others are compared with. */
  static Answer answer(Point point, Sample sample) {
    Tensor target = Tensor.zeros(DType.FLOAT32, point.shape().toArray());
    return answer(point, evaluation(loss(point), point, sample, target), target);
  }

  private static Answer answer(Point point, DoubleSupplier evaluation, Tensor target) {
    double value = evaluation.getAsDouble();
    return point.gradient() ? Answer.of(value, target.floats().clone()) : Answer.of(value);
  }

  private static Loss loss(Point point) {
    return LossCatalog.load().loss(point.work().loss(), point.work().parameters());
  }

  private static DoubleSupplier evaluation(Loss loss, Point point, Sample sample, Tensor target) {
    LossInputs inputs = LossInputs.of(sample.yTrue(), sample.yPred());
    Gradients gradients = point.gradient() ? Gradients.into("y_pred", target) : Gradients.NONE;
    return () -> loss.evaluate(inputs, Reduction.MEAN, gradients).value();
  }

  /** Kernels are compiled in the background after some use; a loss on arrays has none. */
  static void awaitKernel(Loss loss, DoubleSupplier evaluation) {
    long start = System.nanoTime();
    while (loss.computation().path() == Computation.Path.INTERPRETER) {
      if (System.nanoTime() - start > LONGEST_WARM_UP || Double.isNaN(evaluation.getAsDouble())) {
        throw new IllegalStateException("The loss is computed by the "
            + loss.computation().path() + ", for " + loss.computation().reason());
      }
    }
  }
}
