package dev.losses.api.internal;

import dev.losses.spi.LossFunction;
import dev.losses.spi.MultiFormLoss;
import dev.losses.spi.NamedInputsLoss;
import org.jspecify.annotations.Nullable;

/** Which formula of a loss is shown. */
public final class LossFormulas {
  private LossFormulas() {}

  /** The usual formula; null for a loss that has none. */
  public static @Nullable NamedInputsLoss usual(LossFunction function) {
    if (function instanceof NamedInputsLoss formula) {
      return formula;
    }
    return function instanceof MultiFormLoss several ? several.usualForm() : null;
  }
}
