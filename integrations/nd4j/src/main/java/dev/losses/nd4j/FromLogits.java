package dev.losses.nd4j;

import dev.losses.api.Loss;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * A cross-entropy taken from the logits before its activation, as Keras does where it sees one: without a probability that
 * has been rounded to 0 or 1 on the way, and with neither the activation nor its derivative to compute.
 */
record FromLogits(Loss loss, Class<? extends IActivation> activation) {
  private static final Map<String, Class<? extends IActivation>> ACTIVATIONS = Map.of(
      "binary_crossentropy", ActivationSigmoid.class,
      "binary_focal_crossentropy", ActivationSigmoid.class,
      "categorical_crossentropy", ActivationSoftmax.class,
      "categorical_focal_crossentropy", ActivationSoftmax.class,
      "sparse_categorical_crossentropy", ActivationSoftmax.class);

  /** The loss from logits, or null where it is not one of those, or takes logits anyway. */
  static @Nullable FromLogits of(Loss loss) {
    Class<? extends IActivation> activation = ACTIVATIONS.get(loss.definition().name());
    if (!KnownLosses.areBuiltIn(loss.definition().source().plugin())) {
      return null;
    }
    boolean takesProbabilities = Boolean.FALSE.equals(loss.parameters().get("from_logits"));
    return activation == null || !takesProbabilities
        ? null
        : new FromLogits(loss.with(Map.of("from_logits", true)), activation);
  }

  boolean replaces(IActivation given) {
    return activation.isInstance(given);
  }
}
