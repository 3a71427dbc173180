package dev.losses.server.exchange;

import dev.losses.api.LossDefinition;
import dev.losses.api.ParameterSchema;
import dev.losses.spi.Input;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request may contain.
 *
 * @param inputNames the inputs it may give
 * @param differentiable those of them that have a gradient, as far as that is known
 * @param parameters those of the one loss that is asked for; null where the request names several losses itself
 */
public record Expected(
    Collection<String> inputNames,
    Collection<String> differentiable,
    @Nullable ParameterSchema parameters) {
  private static final List<String> OPTIONS =
      List.of("sample_weight", "mask", "reduction", "gradient", "dtype");

  /** A request for one loss. */
  public static Expected of(LossDefinition loss) {
    List<String> names = new ArrayList<>();
    List<String> differentiable = new ArrayList<>();
    for (Input input : loss.inputs()) {
      names.add(input.name());
      if (input.differentiable()) {
        differentiable.add(input.name());
      }
    }
    return new Expected(names, differentiable, loss.parameters());
  }

  /** A request for several losses, any of which may take these inputs. */
  public static Expected several(Collection<String> inputNames) {
    return new Expected(inputNames, List.of(), null);
  }

  /** The field that says which losses are asked for, or how. */
  public String lossField() {
    return parameters == null ? "losses" : "parameters";
  }

  /** Whether a version may be asked for. */
  public boolean takesVersion() {
    return parameters != null;
  }

  /** The fields that every request may have. */
  public List<String> options() {
    return OPTIONS;
  }
}
