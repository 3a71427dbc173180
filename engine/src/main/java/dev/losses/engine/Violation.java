package dev.losses.engine;

/**
 * One thing that is wrong with a caller's data.
 *
 * @param pointer where, as a JSON Pointer into the request: {@code /y_pred/3/1}, {@code /parameters/delta}
 * @param message what is wrong and what would be right
 */
public record Violation(String pointer, String message) {}
