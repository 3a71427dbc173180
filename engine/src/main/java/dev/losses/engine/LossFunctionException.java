package dev.losses.engine;

/** The loss itself broke its contract: its formula is ill-formed, or its code threw or answered in a wrong shape. */
public final class LossFunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the loss did. The text only: a Throwable of a plugin's class would pin its class loader. */
  public LossFunctionException(String message) {
    super(message);
  }

  /** What code of the loss threw, as text. */
  public static LossFunctionException because(Throwable thrown) {
    return new LossFunctionException(text(thrown));
  }

  private static String text(Throwable thrown) {
    String type = thrown.getClass().getSimpleName();
    try {
      String message = thrown.getMessage();
      return message == null ? type : message + " (" + type + ")";
    } catch (Throwable e) {
      return type + ", whose message cannot be read";
    }
  }
}
