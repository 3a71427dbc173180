package dev.losses.engine;

import java.util.List;

/** A parameter has some other number of values than there are classes. Which parameter only those who bound it know. */
public final class ClassCountException extends InvalidInputsException {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 10;

  private final transient List<Double> values;
  private final int classes;

  ClassCountException(List<Double> values, int classes) {
    super("/parameters", message("a parameter", values, classes));
    this.values = values;
    this.classes = classes;
  }

  /** The values of the parameter. */
  public List<Double> values() {
    return values;
  }

  /** The violation of that parameter. */
  public Violation of(String parameter) {
    return new Violation("/parameters/" + parameter, message(parameter, values, classes));
  }

  private static String message(String subject, List<Double> values, int classes) {
    String shown = values.size() <= SHOWN
        ? values.toString()
        : values.subList(0, SHOWN).toString().replace("]", ", ...]");
    return subject + " has " + values.size() + " values " + shown + ", but the last axis has size "
        + classes + ": give one value for each of its positions, or a single one for all";
  }
}
