package dev.losses.numerics;

import java.util.List;
import java.util.Map;

/**
 * What is exact of a row.
 *
 * @param loss the unreduced loss
 * @param gradients its derivatives, by input
 */
record ExactRow(Real loss, Map<String, List<Real>> gradients) {}
