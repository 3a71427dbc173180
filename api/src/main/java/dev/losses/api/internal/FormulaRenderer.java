package dev.losses.api.internal;

import dev.losses.api.LossException;
import dev.losses.api.Parameter;
import dev.losses.api.Range;
import dev.losses.engine.AuthorCode;
import dev.losses.engine.LossFunctionException;
import dev.losses.spi.Expr;
import dev.losses.spi.Inputs;
import dev.losses.spi.LossFunction;
import dev.losses.spi.NamedInputsLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the formula of a loss in LaTeX, with its parameters by name.
 *
 * <p>A formula holds numbers, not names. To find the names, the record is bound to unlikely numbers, a different one
 * for each parameter; a constant equal to one of them, or to a simple function of one, is that parameter.
 */
public final class FormulaRenderer {
  private static final double[] FRACTIONS = {0.381966011250105, 0.723606797749979};

  private FormulaRenderer() {}

  /** The formula; empty for a loss that is not a formula, or whose formula is too long to be read. */
  public static Optional<String> latex(LossFunction prototype, RecordParameters binder) {
    Expr usual = formula(prototype);
    if (usual == null) {
      return Optional.empty();
    }
    for (double fraction : FRACTIONS) {
      Map<String, Double> probes = probes(binder, fraction);
      LossFunction probed = probes.isEmpty() ? null : bound(binder, probes);
      Expr formula = probed == null ? null : formula(probed);
      if (formula != null) {
        return LatexWriter.write(formula, ConstantNames.of(probes));
      }
    }
    return LatexWriter.write(usual, ConstantNames.of(Map.of()));
  }

  private static Map<String, Double> probes(RecordParameters binder, double fraction) {
    Map<String, Double> probes = new LinkedHashMap<>();
    for (Parameter parameter : binder.parameters()) {
      boolean numbers = parameter.type() == Parameter.Type.NUMBER
          || parameter.type() == Parameter.Type.NUMBER_LIST;
      // A null means something of its own: the formula without the parameter.
      if (numbers && parameter.defaultValue() != null) {
        probes.put(
            parameter.name(),
            probe(parameter.range(), fraction + probes.size() * 0.0314159265358979));
      }
    }
    return probes;
  }

  private static double probe(Range range, double fraction) {
    double within = fraction - Math.floor(fraction);
    if (Double.isFinite(range.min()) && Double.isFinite(range.max())) {
      return range.min() + (range.max() - range.min()) * within;
    }
    if (Double.isFinite(range.max())) {
      return range.max() - 1 - within;
    }
    return (Double.isFinite(range.min()) ? range.min() : 0) + 1 + within;
  }

  private static @Nullable LossFunction bound(RecordParameters binder, Map<String, Double> values) {
    try {
      return binder.bind(values, new ArrayList<>());
    } catch (LossException e) {
      return null;
    }
  }

  /** The loss's own code runs here; whatever it throws, there is no formula to show. */
  private static @Nullable Expr formula(LossFunction function) {
    try {
      return AuthorCode.call(() -> {
        NamedInputsLoss loss = LossFormulas.usual(function);
        return loss == null ? null : loss.loss(Inputs.of(List.copyOf(loss.inputs())));
      });
    } catch (LossFunctionException e) {
      return null;
    }
  }
}
