package dev.losses.numerics;

import java.util.List;
import java.util.Map;

/**
 * What is exact of a row, or of rows that are compared.
 *
 * @param losses the unreduced losses: one, or one for each row that is compared
 * @param gradients the derivatives of their sum, by input; NaN where there is none
 */
record ExactRow(List<Real> losses, Map<String, List<Real>> gradients) {}
