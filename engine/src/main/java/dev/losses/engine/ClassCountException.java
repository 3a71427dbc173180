package dev.losses.engine;

import java.util.List;

/** A parameter has some other number of values than there are classes. Which parameter only those who bound it know. */
public final class ClassCountException extends InvalidInputsException {
  private static final long serialVersionUID = 1L;

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
    return subject + " has " + values.size() + " values " + values + ", but the last axis has size "
        + classes + ": give one value for each of its positions, or a single one for all";
  }
}
