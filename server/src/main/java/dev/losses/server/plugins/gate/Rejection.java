package dev.losses.server.plugins.gate;

import java.util.List;

/**
 * Why a jar is not served.
 *
 * @param identity what is known of the jar
 * @param losses the names of its losses, where they are known
 * @param stage the stage that refused it
 * @param reason why
 */
public record Rejection(Identity identity, List<String> losses, String stage, String reason) {}
