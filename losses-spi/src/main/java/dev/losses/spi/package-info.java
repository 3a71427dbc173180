/**
 * What a loss author implements.
 *
 * <p>A loss is a public record. Its components are its parameters; a public constructor without arguments states their
 * defaults. It implements one of four interfaces:
 *
 * <ul>
 *   <li>{@link dev.losses.spi.FormulaLoss}: a formula of {@code y_true} and {@code y_pred}. Nearly every loss is one.
 *   <li>{@link dev.losses.spi.NamedInputsLoss}: a formula of inputs with other names, declared by
 *       {@link dev.losses.spi.LossFunction#inputs()}.
 *   <li>{@link dev.losses.spi.MultiFormLoss}: one of several formulas, by the shapes or the dtype of the inputs.
 *   <li>{@link dev.losses.spi.ArrayLoss}: for what no formula says; the author supplies the gradient.
 * </ul>
 *
 * <pre>{@code
 * @LossName("my_huber")
 * @Description("Squared error near zero, absolute error beyond the threshold.")
 * public record MyHuber(@Positive @Description("Where quadratic turns linear.") double threshold)
 *     implements FormulaLoss {
 *
 *   public MyHuber() { this(1.0); }
 *
 *   @Override
 *   public Expr loss(Expr yTrue, Expr yPred) {
 *     Expr error = yTrue.minus(yPred);
 *     return where(
 *         error.abs().atMost(threshold),
 *         error.squared().div(2),
 *         error.abs().minus(threshold / 2).times(threshold));
 *   }
 * }
 * }</pre>
 *
 * <p>One line in {@code META-INF/services/dev.losses.spi.LossFunction} names the record. The engine derives the gradient
 * and applies sample weights, masks, reductions and dtypes; a loss that multiplies by a sample weight is a defect. What
 * a position counts for in the mean is said by {@link dev.losses.spi.Expr#countedAs}.
 */
@NullMarked
package dev.losses.spi;

import org.jspecify.annotations.NullMarked;
