package dev.losses.engine.internal.kernel;

/**
 * How far a kernel has come.
 *
 * @param tier what computes
 * @param reason why, as half a sentence
 */
public record KernelStatus(Tier tier, String reason) {}
