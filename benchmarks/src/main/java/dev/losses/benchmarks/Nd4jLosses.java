package dev.losses.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleBiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Expressions of ND4J's arrays, in place where they can be, in a workspace, on one thread. */
final class Nd4jLosses {
  /** It adds in float32: three digits are left of four million terms. */
  private static final double TOLERANCE = 1e-2;

  private static final Map<String, ToDoubleBiFunction<INDArray, INDArray>> LOSSES = Map.of(
      "huber", Nd4jLosses::huber,
      "binary_crossentropy", Nd4jLosses::binaryCrossentropyFromLogits);
  private static final Set<Shape> SHAPES =
      Set.of(Shape.of(32), Shape.of(100_000), Shape.of(4_000_000));

  private Nd4jLosses() {}

  static boolean has(Point point) {
    return LOSSES.containsKey(point.work().loss())
        && SHAPES.contains(point.shape())
        && !point.gradient()
        && point.threads() == 1;
  }

  @SuppressWarnings("try")
  static DoubleSupplier timed(Point point) {
    ToDoubleBiFunction<INDArray, INDArray> loss = LOSSES.get(point.work().loss());
    if (loss == null) {
      throw new IllegalArgumentException("No expression for " + point);
    }
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    Sample sample = point.sample();
    INDArray yTrue = Nd4j.createFromArray(sample.yTrue().floats());
    INDArray yPred = Nd4j.createFromArray(sample.yPred().floats());
    WorkspaceConfiguration reuse = WorkspaceConfiguration.builder()
        .initialSize(0)
        .policyAllocation(AllocationPolicy.STRICT)
        .policyLearning(LearningPolicy.FIRST_LOOP)
        .build();
    DoubleSupplier evaluation = () -> {
      try (MemoryWorkspace workspace =
          Nd4j.getWorkspaceManager().getAndActivateWorkspace(reuse, "losses")) {
        return loss.applyAsDouble(yTrue, yPred);
      }
    };
    Answer.of(evaluation.getAsDouble()).mustAgreeWith(Ours.answer(point, sample), TOLERANCE);
    return evaluation;
  }

  /** With e the size of the error and q = min(e, 1), it is q (e - q / 2). */
  private static double huber(INDArray yTrue, INDArray yPred) {
    INDArray size = Transforms.abs(yPred.sub(yTrue), false);
    INDArray quadratic = Transforms.min(size, 1.0, true);
    return size.subi(quadratic.mul(0.5)).muli(quadratic).meanNumber().doubleValue();
  }

  /** softplus(x) - x t. */
  private static double binaryCrossentropyFromLogits(INDArray yTrue, INDArray yPred) {
    return Transforms.softPlus(yPred, true).subi(yPred.mul(yTrue)).meanNumber().doubleValue();
  }
}
