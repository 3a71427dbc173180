package dev.losses.nd4j;

import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;
import java.io.Serializable;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** What a saved model keeps of its loss. */
record SavedLoss(
    String name,
    @Nullable String plugin,
    HashMap<String, @Nullable Object> parameters,
    boolean summedOverOutputs)
    implements Serializable {

  /**
   * The loss again.
   *
   * @throws LossException when the catalogue does not know it or refuses its parameters, which tells of the model
   */
  Nd4jLoss restored() {
    try {
      Nd4jLoss loss = Nd4jLoss.named(name, parameters);
      String found = loss.loss().definition().source().plugin();
      if (plugin != null && KnownLosses.areBuiltIn(plugin) != KnownLosses.areBuiltIn(found)) {
        throw LossException.of(
            LossErrorCode.UNKNOWN_LOSS,
            "The loss of that name here is another one, of " + found + ".");
      }
      return summedOverOutputs ? loss.summedOverOutputs() : loss;
    } catch (LossException e) {
      String of = plugin == null ? "" : " of " + plugin;
      String fix = e.code() == LossErrorCode.UNKNOWN_LOSS
          ? " Put the jar that has it on the class path (its class named in META-INF/services/dev.losses.spi.LossFunction), "
              + "or call Nd4jLoss.lookUpIn with a catalogue that has it."
          : "";
      throw LossException.of(
          e.code(),
          "The model's configuration names the loss '" + name + "'" + of + ". " + e.getMessage()
              + fix);
    }
  }

  private Object readResolve() {
    return restored();
  }
}
