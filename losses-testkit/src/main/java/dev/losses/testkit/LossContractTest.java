package dev.losses.testkit;

import dev.losses.spi.LossFunction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests what every loss promises. Extend it, and name the loss:
 *
 * <pre>{@code
 * class MyHuberTest extends LossContractTest {
 *   @Override
 *   protected LossFunction loss() {
 *     return new MyHuber();
 *   }
 *
 *   @Override
 *   protected List<? extends LossFunction> alsoWith() {
 *     return List.of(new MyHuber(0.5));
 *   }
 * }
 * }</pre>
 *
 * <p>Inputs are drawn from the domains that the loss declares. What the loss should compute only its author knows: add
 * tests for that. A loss that breaks a promise on purpose overrides its test and disables it with the reason.
 *
 * <p>{@link #interpreterAndCompilerGiveTheSameBits()} needs {@code --add-modules jdk.incubator.vector} and is skipped
 * without; for Surefire that is {@code <argLine>--add-modules jdk.incubator.vector</argLine>}.
 */
public abstract class LossContractTest {

  /** The loss with its default parameters, as its constructor without arguments makes it. */
  protected abstract LossFunction loss();

  /** The same loss with other parameters, which keep the same promises; none by default. */
  protected List<? extends LossFunction> alsoWith() {
    return List.of();
  }

  /** Name, parameters, their descriptions, ranges and defaults can be offered to users. */
  @Test
  protected void schemaIsWellFormed() {
    check(Check.SCHEMA);
  }

  /** The caller's arrays are as they were after an evaluation. */
  @Test
  protected void inputsAreNotModified() {
    check(Check.INPUTS_UNMODIFIED);
  }

  /** Many threads at once get the bits that one gets alone. */
  @Test
  protected void manyThreadsGetTheSameBits() {
    check(Check.THREADS);
  }

  /** Inputs of the declared domains have a finite value and gradient. */
  @Test
  protected void valueAndGradientAreFinite() {
    check(Check.FINITE);
  }

  /** float32 gives what float64 gives, but for rounding. */
  @Test
  protected void float32AgreesWithFloat64() {
    check(Check.FLOAT32);
  }

  /** Rows in another order have the same losses and gradients, in that order. */
  @Test
  protected void orderOfTheBatchDoesNotMatter() {
    check(Check.BATCH_ORDER);
  }

  /** Sample weights and masks act on the finished losses, and what they leave out has no influence. */
  @Test
  protected void weightsAndMasksActFromOutside() {
    check(Check.WEIGHTS);
  }

  /** The gradient is the slope of the loss, and at a kink lies between the slopes to either side. */
  @Test
  protected void gradientAgreesWithFiniteDifferences() {
    check(Check.GRADIENT);
  }

  /** The compiled kernel of a formula gives the bits of the interpreter. */
  @Test
  protected void interpreterAndCompilerGiveTheSameBits() {
    check(Check.KERNELS);
  }

  /** An evaluation leaves no trace in the loss, whose record is immutable. */
  @Test
  protected void holdsNothingOfAnEvaluation() {
    check(Check.STATELESS);
  }

  private void check(Check check) {
    List<LossFunction> settings = new ArrayList<>();
    settings.add(loss());
    settings.addAll(alsoWith());
    settings.forEach(check::of);
  }
}
