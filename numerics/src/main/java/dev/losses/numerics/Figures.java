package dev.losses.numerics;

import dev.losses.spi.DType;

/**
 * The largest errors of a loss.
 *
 * @param loss its title
 * @param valueUlp of the unreduced loss, in units of the exact result's last place
 * @param valueOfScale in units of the last place of the largest of 1, the result and the row's inputs
 * @param valueWhere the input of {@code valueUlp}
 * @param lost how many rows with numbers near the ends of the range have an answer without one right digit
 * @param extremeRows of how many
 */
record Figures(
    String loss,
    DType dtype,
    double valueUlp,
    double valueOfScale,
    String valueWhere,
    double gradientUlp,
    double gradientOfScale,
    String gradientWhere,
    int lost,
    int extremeRows) {}
