package dev.losses.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.losses.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.DoubleSupplier;

/** PyTorch's own operators, called through DJL. */
final class Torch {
  private static final int ENOUGH_ELEMENTS = 1_000_000;
  private static final int MOST_EVALUATIONS = 100;

  private final Point point;
  private final PtNDManager manager;
  private final NDArray yTrue;
  private final PtNDArray yPred;

  private Torch(Point point, Sample sample) {
    this.point = point;
    manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
    if (JniUtils.getNumThreads() != point.threads()) {
      throw new IllegalStateException("PyTorch has " + JniUtils.getNumThreads() + " threads");
    }
    yTrue = point.work().data() == Data.CLASS_INDEX || point.work().data() == Data.ONE_HOT
        ? manager.create(classes(point.shape(), sample.yTrue()))
        : array(sample.yTrue());
    yPred = (PtNDArray) array(sample.yPred());
    if (point.gradient()) {
      JniUtils.setGradMode(true);
      JniUtils.attachGradient(yPred, true);
    }
  }

  /** Of few elements many: crossing into native code costs more than evaluating them once. */
  static int evaluations(Point point) {
    return Math.max(
        1, Math.min(MOST_EVALUATIONS, ENOUGH_ELEMENTS / point.shape().size()));
  }

  static DoubleSupplier timed(Point point) {
    Sample sample = point.sample();
    Torch torch = new Torch(point, sample);
    // It adds logarithms in float32 over all the steps of a sequence.
    double tolerance = point.work().data() == Data.SEQUENCES ? 1e-2 : Answer.TOLERANCE;
    torch.answer().mustAgreeWith(Ours.answer(point, sample), tolerance);
    int evaluations = evaluations(point);
    DoubleSupplier calls = torch.calls(evaluations);
    if (evaluations > 1) {
      Repetition.mustTakeLonger(calls, torch.calls(1), evaluations);
    }
    return calls;
  }

  private Answer answer() {
    if (!point.gradient()) {
      return Answer.of(calls(1).getAsDouble());
    }
    PtSymbolBlock module = module(1);
    try (NDList result = IValueUtils.forward(module, new NDList(yTrue, yPred), true)) {
      return Answer.of(result.get(0).getFloat(), result.get(1).toFloatArray());
    }
  }

  /** Calls of a module that evaluates the loss so many times. */
  private DoubleSupplier calls(int evaluations) {
    PtSymbolBlock module = module(evaluations);
    NDList arrays = new NDList(yTrue, yPred);
    IValue[] values = {IValue.from((PtNDArray) yTrue), IValue.from(yPred)};
    return () -> {
      // The optimizer would do equal work once. The switch is the calling thread's own.
      JniUtils.setGraphExecutorOptimize(false);
      if (point.gradient()) {
        try (NDList result = IValueUtils.forward(module, arrays, true)) {
          return result.size();
        }
      }
      try (IValue result = IValueUtils.runMethod(module, "forward", values)) {
        return result.toDouble();
      }
    };
  }

  private PtSymbolBlock module(int evaluations) {
    TorchScript script = new TorchScript(point.work().torch(), evaluations);
    try {
      byte[] archive = point.gradient() ? script.gradient() : script.value();
      return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NDArray array(Tensor tensor) {
    long[] axes = new long[tensor.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = tensor.axis(i);
    }
    return manager.create(tensor.floats(), new ai.djl.ndarray.types.Shape(axes));
  }

  /** PyTorch takes an int64 for each row. */
  private static long[] classes(Shape shape, Tensor labels) {
    long[] classes = new long[shape.rows()];
    if (labels.rank() == 1) {
      for (int row = 0; row < classes.length; row++) {
        classes[row] = (long) labels.get(row);
      }
      return classes;
    }
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i) == 1) {
        classes[i / shape.columns()] = i % shape.columns();
      }
    }
    return classes;
  }
}
