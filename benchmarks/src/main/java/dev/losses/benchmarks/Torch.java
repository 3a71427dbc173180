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
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** PyTorch's own operators, called through DJL. */
final class Torch {
  private static final int ENOUGH_ELEMENTS = 100_000;
  private static final int MOST_EVALUATIONS = 100;

  private final PtNDManager manager;
  private final NDArray yTrue;
  private final PtNDArray yPred;
  private final TorchScript script;

  private Torch(Point point, Sample sample) {
    manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
    if (JniUtils.getNumThreads() != point.threads()) {
      throw new IllegalStateException("PyTorch has " + JniUtils.getNumThreads() + " threads");
    }
    yTrue = point.work().data() == Data.CLASS_INDEX || point.work().data() == Data.ONE_HOT
        ? manager.create(classes(point.shape(), sample.yTrue()))
        : array(sample.yTrue());
    yPred = (PtNDArray) array(sample.yPred());
    script = new TorchScript(point.work().torch(), evaluations(point));
  }

  /** Of few elements many: crossing into native code costs more than evaluating them once. */
  static int evaluations(Point point) {
    return Math.max(
        1, Math.min(MOST_EVALUATIONS, ENOUGH_ELEMENTS / point.shape().size()));
  }

  static DoubleSupplier timed(Point point) {
    Sample sample = point.sample();
    try {
      Torch torch = new Torch(point, sample);
      return point.gradient() ? torch.gradient(point, sample) : torch.value(point, sample);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DoubleSupplier value(Point point, Sample sample) throws IOException {
    PtSymbolBlock module = load(script.value());
    IValue[] inputs = inputs();
    DoubleSupplier evaluation = () -> {
      try (IValue result = IValueUtils.runMethod(module, "forward", inputs)) {
        return result.toDouble();
      }
    };
    Answer.of(evaluation.getAsDouble() / script.evaluations())
        .mustAgreeWith(Ours.answer(point, sample));
    return evaluation;
  }

  private DoubleSupplier gradient(Point point, Sample sample) throws IOException {
    JniUtils.setGradMode(true);
    JniUtils.attachGradient(yPred, true);
    PtSymbolBlock module = load(script.gradient());
    // By this name DJL gives them as one list.
    yPred.setName("p[]");
    NDList inputs = new NDList(yTrue);
    for (int i = 0; i < script.evaluations(); i++) {
      inputs.add(yPred);
    }
    try (NDList result = IValueUtils.forward(module, inputs, true)) {
      Answer.of(result.get(0).getFloat(), result.get(1).toFloatArray())
          .mustAgreeWith(Ours.answer(point, sample));
    }
    return () -> {
      try (NDList result = IValueUtils.forward(module, inputs, true)) {
        return result.size();
      }
    };
  }

  private IValue[] inputs() {
    PtNDArray[] predictions = new PtNDArray[script.evaluations()];
    Arrays.fill(predictions, yPred);
    return new IValue[] {IValue.from((PtNDArray) yTrue), IValue.listFrom(predictions)};
  }

  private PtSymbolBlock load(byte[] archive) throws IOException {
    return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
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
