package dev.losses.engine;

import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Turns labels 0 and 1 of a hinge loss into -1 and 1 when all that take part are 0 or 1, as Keras does. */
final class SignedLabels {
  private SignedLabels() {}

  static boolean areWantedBy(List<Input> inputs) {
    return inputs.stream().anyMatch(input -> input.domain() == Domain.HINGE_LABEL);
  }

  /** The same tensors with labels -1 and 1. */
  static List<Tensor> in(
      List<Input> inputs, List<Tensor> tensors, int positions, Weighting weighting) {
    List<Tensor> signed = new ArrayList<>(tensors);
    for (int i = 0; i < signed.size(); i++) {
      Tensor labels = signed.get(i);
      if (inputs.get(i).domain() == Domain.HINGE_LABEL && areBinary(labels, positions, weighting)) {
        signed.set(i, turned(labels));
      }
    }
    return signed;
  }

  private static boolean areBinary(Tensor labels, int positions, Weighting weighting) {
    int perPosition = labels.size() / positions;
    for (int i = 0; i < labels.size(); i++) {
      double label = labels.get(i);
      if (label != 0 && label != 1 && weighting.present(i / perPosition)) {
        return false;
      }
    }
    return true;
  }

  private static Tensor turned(Tensor labels) {
    Tensor turned = Tensor.zeros(labels.dtype(), labels.shape());
    for (int i = 0; i < labels.size(); i++) {
      turned.set(i, 2 * labels.get(i) - 1);
    }
    return turned;
  }
}
