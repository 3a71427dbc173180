package dev.losses.spi;

/**
 * What values an input may hold. A value outside is an error that names its position; NaN is in every domain but
 * {@link #CLASS_INDEX}. Examples and checks are drawn from the domain too.
 */
public enum Domain {
  /** Any number. */
  REAL,
  /** In [0, 1]; a value outside by at most 1e-6 is clipped. */
  PROBABILITY,
  /** Any number, read as an unnormalised log-probability. */
  LOGIT,
  /** The index of a class: an integer from 0 up to, not including, the size of the class axis. */
  CLASS_INDEX,
  /**
   * A label of a hinge loss: -1 or 1, or 0 or 1. Not enforced. Where all labels of a batch that are not masked are 0 or 1,
   * the loss gets them as -1 and 1.
   */
  HINGE_LABEL,
  /** -1 or 1. */
  SIGN,
  /** At least 0. */
  DISTANCE,
  /** Greater than 0. */
  POSITIVE,
  /** A row of real numbers that places an example in a space. */
  EMBEDDING,
  /** A row of class probabilities, usually a single 1 among 0s; checked as {@link #PROBABILITY}. */
  ONE_HOT;

  /** Whether values of this domain are labels, with respect to which no gradient is taken unless asked for. */
  public boolean isLabel() {
    return this == CLASS_INDEX || this == HINGE_LABEL || this == SIGN || this == ONE_HOT;
  }
}
