package dev.losses.api;

/** What kind of failure it is, and so whose. */
public enum LossErrorCode {
  /** No loss of that name. */
  UNKNOWN_LOSS("unknown-loss", true),
  /** A parameter is unknown, of the wrong type or out of range. */
  INVALID_PARAMETERS("invalid-parameters", true),
  /** An input, weight or mask breaks a rule of shape, dtype or domain. */
  INVALID_INPUTS("invalid-inputs", true),
  /** A loss cannot be offered: its record, name or formula is not well-formed, or its name is taken. */
  INVALID_DEFINITION("invalid-definition", false),
  /** The loss's own code failed or broke its contract. */
  LOSS_FAILURE("plugin-failure", false);

  private final String wireName;
  private final boolean callersFault;

  LossErrorCode(String wireName, boolean callersFault) {
    this.wireName = wireName;
    this.callersFault = callersFault;
  }

  /** The code in problem documents and metrics. */
  public String wireName() {
    return wireName;
  }

  /** Whether the caller can mend it; else it is the loss's fault. */
  public boolean callersFault() {
    return callersFault;
  }
}
