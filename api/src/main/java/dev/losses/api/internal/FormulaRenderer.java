package dev.losses.api.internal;

import dev.losses.api.FormulaStyle;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the formula of a loss, with its parameters by name.
 *
 * <p>A formula holds numbers, not names. To find the names, the record is bound to unlikely numbers, a different one
 * for each parameter; a constant equal to one of them, or to a simple function of one, is that parameter.
 */
public final class FormulaRenderer {
  private static final double[] FRACTIONS = {0.381966011250105, 0.723606797749979};

  private FormulaRenderer() {}

  /**
   * The formula; empty for a loss that is not a formula, or whose formula is too long to be read.
   *
   * @param chosen parameters that are not to be named but to have these values
   */
  public static Optional<String> formula(
      LossFunction prototype, RecordParameters binder, Map<String, ?> chosen, FormulaStyle style) {
    if (formula(prototype) == null) {
      return Optional.empty();
    }
    Notation notation = switch (style) {
      case LATEX -> new LatexNotation();
      case UNICODE -> new UnicodeNotation();
    };
    List<String> named = Arrays.stream(FRACTIONS)
        .mapToObj(fraction -> write(binder, probes(binder, chosen, fraction), chosen, notation))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
    // Two texts: some number depends on a parameter in a way that has no name.
    return named.size() == 1
        ? Optional.of(named.get(0))
        : write(binder, Map.of(), chosen, notation);
  }

  private static Optional<String> write(
      RecordParameters binder,
      Map<String, Double> probes,
      Map<String, ?> chosen,
      Notation notation) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(chosen);
    values.putAll(probes);
    LossFunction loss = bound(binder, values);
    Expr formula = loss == null ? null : formula(loss);
    return formula == null
        ? Optional.empty()
        : FormulaWriter.write(formula, notation, ConstantNames.of(probes, notation));
  }

  private static Map<String, Double> probes(
      RecordParameters binder, Map<String, ?> chosen, double fraction) {
    Map<String, Double> probes = new LinkedHashMap<>();
    for (Parameter parameter : binder.parameters()) {
      boolean numbers = parameter.type() == Parameter.Type.NUMBER
          || parameter.type() == Parameter.Type.NUMBER_LIST;
      // A null means something of its own: the formula without the parameter.
      if (numbers && parameter.defaultValue() != null && !chosen.containsKey(parameter.name())) {
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

  private static @Nullable LossFunction bound(RecordParameters binder, Map<String, ?> values) {
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
