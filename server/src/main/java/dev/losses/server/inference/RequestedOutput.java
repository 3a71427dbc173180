package dev.losses.server.inference;

import org.jspecify.annotations.Nullable;

/**
 * An output that a request asks for.
 *
 * @param name {@code loss}, or {@code gradient_} and the name of an input
 * @param binary whether it is to follow the JSON; null where the request's default holds
 */
record RequestedOutput(String name, @Nullable Boolean binary) {
  static final String LOSS = "loss";
  static final String GRADIENT = "gradient_";

  boolean isGradient() {
    return name.startsWith(GRADIENT);
  }

  /** The name of the output that has the gradient with respect to an input. */
  static String gradient(String input) {
    return GRADIENT + input;
  }
}
