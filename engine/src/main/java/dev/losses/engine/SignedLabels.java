package dev.losses.engine;

import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns labels 0 and 1 of a hinge loss into -1 and 1 when all that take part are 0 or 1, as Keras does.
 *
 * @param tensors the inputs' tensors, with labels -1 and 1
 * @param readings how each input's labels were read, where they decide it
 */
record SignedLabels(List<Tensor> tensors, Map<String, LabelReading> readings) {

  static boolean areWantedBy(List<Input> inputs) {
    return inputs.stream().anyMatch(input -> input.domain() == Domain.HINGE_LABEL);
  }

  static SignedLabels in(
      List<Input> inputs, List<Tensor> tensors, int positions, Weighting weighting) {
    List<Tensor> signed = new ArrayList<>(tensors);
    Map<String, LabelReading> readings = new LinkedHashMap<>();
    for (int i = 0; i < signed.size(); i++) {
      if (inputs.get(i).domain() == Domain.HINGE_LABEL) {
        Tensor labels = signed.get(i);
        LabelReading reading = reading(labels, positions, weighting);
        if (reading != null) {
          readings.put(inputs.get(i).name(), reading);
        }
        if (reading == LabelReading.BINARY) {
          signed.set(i, turned(labels));
        }
      }
    }
    return new SignedLabels(signed, readings);
  }

  /** Null where all labels that take part are 1. */
  private static @Nullable LabelReading reading(Tensor labels, int positions, Weighting weighting) {
    int perPosition = labels.size() / positions;
    boolean zeros = false;
    for (int i = 0; i < labels.size(); i++) {
      double label = labels.get(i);
      if (label != 1 && weighting.present(i / perPosition)) {
        if (label != 0) {
          return LabelReading.AS_THEY_ARE;
        }
        zeros = true;
      }
    }
    return zeros ? LabelReading.BINARY : null;
  }

  private static Tensor turned(Tensor labels) {
    Tensor turned = Tensor.zeros(labels.dtype(), labels.shape());
    for (int i = 0; i < labels.size(); i++) {
      turned.set(i, 2 * labels.get(i) - 1);
    }
    return turned;
  }
}
