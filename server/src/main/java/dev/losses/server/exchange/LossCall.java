package dev.losses.server.exchange;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of several losses asked for.
 *
 * @param name a name or alias
 * @param parameters those that are not at their defaults
 */
public record LossCall(String name, Map<String, @Nullable Object> parameters) {}
