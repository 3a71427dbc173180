package dev.losses.server.evaluate;

import dev.losses.engine.LossInputs;
import dev.losses.engine.Mask;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Copies of a call's inputs for code that may write to them: other losses of the same request get the originals. */
final class GuardedInputs {
  private final LossInputs originals;
  private final Map<String, Tensor> copies = new LinkedHashMap<>();

  GuardedInputs(LossInputs originals) {
    this.originals = originals;
    originals.tensors().forEach((name, tensor) -> copies.put(name, copy(tensor)));
  }

  /** What to hand over. */
  LossInputs copies() {
    LossInputs inputs = LossInputs.named(copies);
    Tensor sampleWeight = originals.sampleWeight();
    inputs = sampleWeight == null ? inputs : inputs.withSampleWeight(sampleWeight);
    Mask mask = originals.mask();
    return mask == null ? inputs : inputs.withMask(mask);
  }

  /** An input that has been written to, if any. */
  Optional<String> changed() {
    return copies.entrySet().stream()
        .filter(copy ->
            !same(copy.getValue(), Objects.requireNonNull(originals.tensors().get(copy.getKey()))))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Tensor copy(Tensor tensor) {
    return tensor.dtype() == DType.FLOAT32
        ? Tensor.of(tensor.floats().clone(), tensor.shape())
        : Tensor.of(tensor.doubles().clone(), tensor.shape());
  }

  private static boolean same(Tensor copy, Tensor original) {
    return copy.dtype() == DType.FLOAT32
        ? Arrays.equals(copy.floats(), original.floats())
        : Arrays.equals(copy.doubles(), original.doubles());
  }
}
