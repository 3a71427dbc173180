package dev.losses.api;

import dev.losses.api.internal.CodeOrigin;
import dev.losses.api.internal.Search;
import dev.losses.api.internal.Suggestions;
import dev.losses.spi.LossFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Losses by name. Immutable and thread-safe.
 *
 * <pre>{@code
 * LossCatalog catalog = LossCatalog.load();
 * Loss huber = catalog.loss("huber", Map.of("delta", 2.0));
 * double value = huber.evaluate(LossInputs.of(yTrue, yPred)).value();
 * }</pre>
 */
public final class LossCatalog {
  private final Map<String, LossDefinition> byName;
  private final Map<String, LossDefinition> byNameOrAlias;
  private final EvaluationListener listener;

  private LossCatalog(Collection<LossDefinition> definitions, EvaluationListener listener) {
    Map<String, LossDefinition> names = new TreeMap<>();
    Map<String, LossDefinition> all = new HashMap<>();
    for (LossDefinition definition : definitions) {
      names.put(definition.name(), definition);
      for (String name : definition.names()) {
        LossDefinition other = all.putIfAbsent(name, definition);
        if (other != null) {
          throw LossException.of(
              LossErrorCode.INVALID_DEFINITION,
              "The name '" + name + "' is claimed by " + other.source().plugin() + " and by "
                  + definition.source().plugin());
        }
      }
    }
    this.byName = Collections.unmodifiableMap(names);
    this.byNameOrAlias = all;
    this.listener = listener;
  }

  /**
   * Every loss that {@link ServiceLoader} finds through the thread's context class loader: those on the class path.
   *
   * @throws LossException {@link LossErrorCode#INVALID_DEFINITION} when one of them cannot be offered
   */
  public static LossCatalog load() {
    return load(Thread.currentThread().getContextClassLoader());
  }

  /**
   * Every loss that {@link ServiceLoader} finds through that class loader: those of a jar outside the class path, too.
   *
   * @throws LossException {@link LossErrorCode#INVALID_DEFINITION} when one of them cannot be offered
   */
  public static LossCatalog load(ClassLoader classes) {
    List<LossDefinition> definitions = new ArrayList<>();
    CodeOrigin origins = new CodeOrigin();
    try {
      for (LossFunction prototype : ServiceLoader.load(LossFunction.class, classes)) {
        definitions.add(LossDefinition.of(prototype, origins.of(prototype.getClass())));
      }
    } catch (ServiceConfigurationError e) {
      throw LossException.of(
          LossErrorCode.INVALID_DEFINITION,
          "A registered loss cannot be loaded: " + e.getMessage());
    }
    return of(definitions);
  }

  /**
   * These losses.
   *
   * @throws LossException when two claim one name
   */
  public static LossCatalog of(Collection<LossDefinition> definitions) {
    return new LossCatalog(definitions, evaluation -> {});
  }

  /** The same losses, whose evaluations the listener hears of. */
  public LossCatalog observedBy(EvaluationListener observer) {
    return new LossCatalog(byName.values(), observer);
  }

  /** All losses, sorted by name. */
  public Collection<LossDefinition> definitions() {
    return byName.values();
  }

  /** The loss of that name or alias, if there is one; see {@link LossNames#normalize} for the forms accepted. */
  public Optional<LossDefinition> find(String name) {
    LossDefinition exact = byNameOrAlias.get(name);
    return exact != null
        ? Optional.of(exact)
        : Optional.ofNullable(byNameOrAlias.get(LossNames.normalize(name)));
  }

  /**
   * The loss of that name or alias.
   *
   * @throws LossException {@link LossErrorCode#UNKNOWN_LOSS} with names near to it
   */
  public LossDefinition definition(String name) {
    return find(name)
        .orElseThrow(() -> LossException.unknownLoss(
            name, Suggestions.near(LossNames.normalize(name), byNameOrAlias.keySet())));
  }

  /**
   * The losses that a text may mean, best first: those of that name or alias, then those whose names begin with or hold
   * it, then those that mention all its words in their names, description, family or references; where there are none,
   * those whose names are spelt nearly so. Case and separators do not matter.
   */
  public List<LossDefinition> search(String text) {
    List<LossDefinition> found = Search.best(text, definitions());
    return found.isEmpty()
        ? Suggestions.near(text, byNameOrAlias.keySet()).stream()
            .flatMap(name -> find(name).stream())
            .distinct()
            .toList()
        : found;
  }

  /** The loss with its default parameters. */
  public Loss loss(String name) {
    return loss(name, Map.of());
  }

  /**
   * The loss with these parameters, the others at their defaults.
   *
   * @param parameters by wire name: numbers, booleans, strings, lists or null
   * @throws LossException {@link LossErrorCode#UNKNOWN_LOSS}, or {@link LossErrorCode#INVALID_PARAMETERS} with every
   *     violation
   */
  public Loss loss(String name, Map<String, ?> parameters) {
    return definition(name).bind(parameters, listener);
  }
}
