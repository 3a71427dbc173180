package dev.losses.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The inputs of a formula, by the names that {@link LossFunction#inputs()} declares. Immutable. */
public final class Inputs {
  private final Map<String, Expr> expressions;

  private Inputs(Map<String, Expr> expressions) {
    this.expressions = expressions;
  }

  /** One expression leaf for each declared input. */
  public static Inputs of(List<Input> declared) {
    Map<String, Expr> expressions = new LinkedHashMap<>();
    declared.forEach(input -> expressions.put(input.name(), Expr.input(input.name())));
    return new Inputs(expressions);
  }

  /**
   * The input of that name.
   *
   * @throws IllegalArgumentException when {@link LossFunction#inputs()} does not declare it
   */
  public Expr get(String name) {
    Expr expression = expressions.get(name);
    if (expression == null) {
      throw new IllegalArgumentException(
          "The loss uses the input '" + name + "' but declares only " + expressions.keySet());
    }
    return expression;
  }
}
