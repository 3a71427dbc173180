package dev.losses.api;

/**
 * Which code computes a loss.
 *
 * @param plugin the artifact or plugin
 * @param version its version, {@code 0} where its manifest states none
 * @param digest {@code sha256:} and the hash of the jar's bytes (of the sorted entries of a classes directory)
 */
public record LossSource(String plugin, String version, String digest) {}
