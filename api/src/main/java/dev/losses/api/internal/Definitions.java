package dev.losses.api.internal;

import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;

/** How a loss that cannot be offered is refused: with the name of its record and what to change. */
final class Definitions {
  private Definitions() {}

  static LossException invalid(Class<?> type, String problem) {
    return LossException.of(
        LossErrorCode.INVALID_DEFINITION, "The loss " + name(type) + " " + problem);
  }

  static LossException invalid(Class<?> type, String component, String problem) {
    return invalid(type, "cannot have the component '" + component + "': " + problem);
  }

  static String name(Class<?> type) {
    String name = type.getSimpleName();
    return name.isEmpty() ? type.getName() : name;
  }
}
