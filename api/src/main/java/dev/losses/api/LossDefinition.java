package dev.losses.api;

import dev.losses.api.internal.FormulaRenderer;
import dev.losses.api.internal.RecordParameters;
import dev.losses.engine.AuthorCode;
import dev.losses.engine.Evaluator;
import dev.losses.engine.LossFunctionException;
import dev.losses.engine.Violation;
import dev.losses.spi.ArrayLoss;
import dev.losses.spi.Description;
import dev.losses.spi.Family;
import dev.losses.spi.Input;
import dev.losses.spi.LossFunction;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A loss as it is offered: its names, documentation, parameters and inputs, and the code behind it. Immutable. */
public final class LossDefinition {
  private static final int BOUND_LOSSES_KEPT = 64;
  /** Of the lists of one loss: callers choose them, and shall not fill the memory. */
  private static final int MOST_ELEMENTS_KEPT = 1_000;

  private final String name;
  private final List<String> aliases;
  private final LossFunction prototype;
  private final LossSource source;
  private final RecordParameters binder;
  private final ParameterSchema parameters;
  private final List<Input> inputs;
  private final Map<Map<String, ?>, Bound> recentlyBound = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Map<String, ?>, Bound> eldest) {
      return size() > BOUND_LOSSES_KEPT;
    }
  };

  private LossDefinition(
      String name, List<String> aliases, LossFunction prototype, LossSource source) {
    this.name = name;
    this.aliases = aliases;
    this.prototype = prototype;
    this.source = source;
    this.binder = new RecordParameters(prototype);
    this.parameters = new ParameterSchema(binder.parameters());
    this.inputs = inputs(name, prototype);
  }

  /**
   * The definition of the loss that the prototype, made with its default parameters, belongs to.
   *
   * @throws LossException {@link LossErrorCode#INVALID_DEFINITION} telling the author what to change
   */
  public static LossDefinition of(LossFunction prototype, LossSource source) {
    Class<?> type = prototype.getClass();
    LossName annotation = type.getAnnotation(LossName.class);
    String name =
        annotation == null ? LossNames.normalize(type.getSimpleName()) : annotation.value();
    List<String> aliases = annotation == null ? List.of() : List.of(annotation.aliases());
    for (String each : Stream.concat(Stream.of(name), aliases.stream()).toList()) {
      if (!LossNames.isValid(each)) {
        throw LossException.of(
            LossErrorCode.INVALID_DEFINITION,
            "'" + each
                + "' is not a valid loss name: use lower-case letters, digits and _, starting with "
                + "a letter, at most 64 characters");
      }
    }
    LossDefinition definition = new LossDefinition(name, aliases, prototype, source);
    try {
      definition.remember(Map.of(), definition.prepare(prototype));
    } catch (LossFunctionException e) {
      throw definition.failure(LossErrorCode.INVALID_DEFINITION, e);
    }
    return definition;
  }

  /** The canonical name. */
  public String name() {
    return name;
  }

  /** Other names it is found by. */
  public List<String> aliases() {
    return aliases;
  }

  /** The canonical name and the aliases. */
  public List<String> names() {
    return Stream.concat(Stream.of(name), aliases.stream()).distinct().toList();
  }

  /** The group it is listed under. */
  public String family() {
    Family family = prototype.getClass().getAnnotation(Family.class);
    return family == null ? "custom" : family.value();
  }

  /** What it is, for its user; may be empty. */
  public String description() {
    Description description = prototype.getClass().getAnnotation(Description.class);
    return description == null ? "" : description.value();
  }

  /** Where it comes from: papers, or the library whose convention it follows. */
  public List<String> references() {
    Reference reference = prototype.getClass().getAnnotation(Reference.class);
    return reference == null ? List.of() : List.of(reference.value());
  }

  /** The parameters. */
  public ParameterSchema parameters() {
    return parameters;
  }

  /** The inputs, with the default parameters. */
  public List<Input> inputs() {
    return inputs;
  }

  /** The code behind it. */
  public LossSource source() {
    return source;
  }

  /** Whether it is code on arrays and no formula: its time may then grow faster than its inputs. */
  public boolean isOnArrays() {
    return prototype instanceof ArrayLoss;
  }

  /** The formula in LaTeX, with parameters by name; empty for a loss that is not a formula. */
  public Optional<String> formula() {
    return formula(FormulaStyle.LATEX, Map.of());
  }

  /**
   * The formula, with parameters by name; empty for a loss that is not a formula.
   *
   * @param chosen parameters that are not to be named but to have these values: {@code {"from_logits": true}}
   */
  public Optional<String> formula(FormulaStyle style, Map<String, ?> chosen) {
    return FormulaRenderer.formula(prototype, binder, chosen, style);
  }

  /**
   * The parameters that can change more than a number, each in turn at each value but its default: a boolean turned,
   * another word of an enum. Only what can be bound.
   */
  public List<Map<String, Object>> variants() {
    List<Map<String, Object>> variants = new ArrayList<>();
    for (Parameter parameter : parameters.parameters()) {
      for (Object value : parameter.otherChoices()) {
        Map<String, Object> variant = Map.of(parameter.name(), value);
        if (canBind(variant)) {
          variants.add(variant);
        }
      }
    }
    return variants;
  }

  private boolean canBind(Map<String, Object> values) {
    try {
      return binder.bind(values, new ArrayList<>()) != null;
    } catch (LossException e) {
      return false;
    }
  }

  /** This loss with parameters bound; see {@link LossCatalog#loss(String, Map)}. */
  public Loss bind(Map<String, ?> values, EvaluationListener listener) {
    Bound bound = recall(values);
    if (bound == null) {
      bound = bind(values);
      remember(values, bound);
    }
    return new Loss(this, bound.function, bound.parameters, bound.evaluator, listener);
  }

  private Bound bind(Map<String, ?> values) {
    List<Violation> violations = new ArrayList<>();
    LossFunction function = binder.bind(values, violations);
    if (function == null) {
      throw LossException.violations(LossErrorCode.INVALID_PARAMETERS, violations);
    }
    try {
      return prepare(function);
    } catch (LossFunctionException e) {
      throw failure(LossErrorCode.LOSS_FAILURE, e);
    }
  }

  private static List<Input> inputs(String name, LossFunction prototype) {
    try {
      return AuthorCode.call(() -> List.copyOf(prototype.inputs()));
    } catch (LossFunctionException e) {
      throw LossException.of(
          LossErrorCode.INVALID_DEFINITION,
          "The inputs of the loss '" + name + "' cannot be told: " + e.getMessage());
    }
  }

  private Bound prepare(LossFunction function) {
    return new Bound(function, binder.valuesOf(function), Evaluator.of(function));
  }

  /** The same parameters are the same loss: what was prepared for one serves the other. */
  private @Nullable Bound recall(Map<String, ?> values) {
    synchronized (recentlyBound) {
      return recentlyBound.get(values);
    }
  }

  private void remember(Map<String, ?> values, Bound bound) {
    Map<String, @Nullable Object> key = new HashMap<>();
    int elements = 0;
    for (Map.Entry<String, ?> value : values.entrySet()) {
      Object given = value.getValue();
      if (given instanceof List<?> list) {
        elements += list.size();
      }
      // The list is the caller's, and may change.
      key.put(value.getKey(), given instanceof List<?> list ? new ArrayList<>(list) : given);
    }
    if (elements > MOST_ELEMENTS_KEPT) {
      return;
    }
    synchronized (recentlyBound) {
      recentlyBound.put(key, bound);
    }
  }

  /** A loss that is ready to be evaluated, and its parameters by wire name. */
  private record Bound(
      LossFunction function, Map<String, @Nullable Object> parameters, Evaluator evaluator) {}

  private LossException failure(LossErrorCode code, LossFunctionException e) {
    return LossException.of(
        code, "The loss '" + name + "' of " + source.plugin() + ": " + e.getMessage());
  }

  @Override
  public String toString() {
    return name + "@" + source.version() + "#" + source.digest();
  }
}
