package dev.losses.server.plugins.gate;

/** One step between the folder and the catalogue: it answers with what it made of its input, or refuses it. */
@FunctionalInterface
interface Stage<I, O> {

  /**
   * Takes the step.
   *
   * @throws Refusal with the reason as text
   */
  O run(I input) throws Refusal;

  /** Why a stage refuses a jar. Text only: an exception of a plugin's class would keep its code in memory. */
  final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
      super(Reasons.line(reason), null, false, false);
    }

    /** The text of a failure, which may be the plugin's own. */
    static Refusal of(String what, Throwable failure) {
      return new Refusal(what + ": " + Reasons.of(failure));
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }
}
