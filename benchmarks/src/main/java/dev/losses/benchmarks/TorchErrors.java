package dev.losses.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.losses.numerics.Answers;
import dev.losses.numerics.Batch;
import dev.losses.numerics.Peer;
import dev.losses.numerics.Subject;
import dev.losses.spi.ArrayLoss;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** PyTorch's answers, row by row, for {@code docs/numerics.md}. */
public final class TorchErrors implements Peer {

  @Override
  public Optional<Answers> answers(Subject subject, Batch batch) {
    if (subject.float64() instanceof ArrayLoss) {
      // Its batches are no rows that could be given one by one.
      return Optional.empty();
    }
    return Work.ALL.stream()
        .filter(work -> work.loss().equals(subject.name()))
        .filter(work -> work.parameters().equals(subject.parameters()))
        // PyTorch does not clip the probabilities of this one: it is another function.
        .filter(work -> work.data() != Data.DISTRIBUTIONS)
        .findFirst()
        .map(work -> answers(work, batch));
  }

  private static Answers answers(Work work, Batch batch) {
    Tensor losses = Tensor.zeros(batch.dtype(), batch.rows());
    Tensor gradient = Tensor.zeros(batch.dtype(), batch.rows(), batch.columns());
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
        PtSymbolBlock module = module(work, manager)) {
      JniUtils.setGradMode(true);
      for (int row = 0; row < batch.rows(); row++) {
        Map<String, List<Double>> inputs = batch.row(row);
        List<Double> labels = Objects.requireNonNull(inputs.get("y_true"));
        try (NDArray yTrue = work.data() == Data.CLASS_INDEX
                ? manager.create(new long[] {labels.get(0).longValue()})
                : array(manager, labels, batch.dtype());
            PtNDArray yPred =
                array(manager, Objects.requireNonNull(inputs.get("y_pred")), batch.dtype())) {
          JniUtils.attachGradient(yPred, true);
          try (NDList result = IValueUtils.forward(module, new NDList(yTrue, yPred), true)) {
            put(result.get(0), losses, row);
            put(result.get(1), gradient, row * batch.columns());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answers(losses, Map.of("y_pred", gradient));
  }

  private static PtSymbolBlock module(Work work, PtNDManager manager) throws IOException {
    byte[] archive = new TorchScript(work.torch(), 1).gradient();
    return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
  }

  private static PtNDArray array(PtNDManager manager, List<Double> row, DType dtype) {
    ai.djl.ndarray.types.Shape shape = new ai.djl.ndarray.types.Shape(1, row.size());
    double[] doubles = row.stream().mapToDouble(Double::doubleValue).toArray();
    if (dtype == DType.FLOAT64) {
      return (PtNDArray) manager.create(doubles, shape);
    }
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return (PtNDArray) manager.create(floats, shape);
  }

  private static void put(NDArray from, Tensor to, int position) {
    if (to.dtype() == DType.FLOAT32) {
      float[] values = from.toFloatArray();
      System.arraycopy(values, 0, to.floats(), position, values.length);
    } else {
      double[] values = from.toDoubleArray();
      System.arraycopy(values, 0, to.doubles(), position, values.length);
    }
  }
}
