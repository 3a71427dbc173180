package dev.losses.api;

import dev.losses.engine.Accumulation;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;

/**
 * The loss of data that is given batch by batch, made by {@link Loss#accumulate}. It keeps sums and nothing of a batch, so
 * its memory does not grow, and what rounding takes from the sums of batches is kept too: a million batches lose no
 * more than a few do. Not thread-safe.
 *
 * <p>The value is that of all rows at once, up to the rounding of sums, which within blocks of 1,024 are sums in the
 * dtype. The same batches in the same order give the same bits. They are the bits of {@link Loss#evaluate} on all rows
 * at once if every batch but the last has a multiple of 65,536 elements, the last axis is a power of two (or the batch is
 * one of scalars), and either all batches or none have weights for each row, and either all or none a mask. Built-in
 * losses on arrays give these bits however their rows are cut.
 *
 * <p>Each {@link #add} is an evaluation to the {@link EvaluationListener}.
 */
public final class LossAccumulator {
  private final Loss loss;
  private final Accumulation accumulation;
  private final Reduction reduction;

  LossAccumulator(Loss loss, Accumulation accumulation, Reduction reduction) {
    this.loss = loss;
    this.accumulation = accumulation;
    this.reduction = reduction;
  }

  /**
   * Adds a batch. Its inputs have the dtype and the shapes of the first batch's but for the first axis; it may have
   * weights or a mask whether others do or not. Labels of a hinge loss that are read by what the whole batch holds must
   * be of one kind in all batches.
   *
   * <p>A batch that is refused does not count, and leaves the accumulator as it was.
   *
   * @throws LossException as {@link Loss#evaluate} does, and {@link LossErrorCode#INVALID_INPUTS} for a batch that does
   *     not go with those before. Positions are those within the batch
   */
  public void add(LossInputs batch) {
    loss.observed(batch, reduction, () -> {
      accumulation.add(batch);
      return accumulation;
    });
  }

  /** How many rows the batches so far had: the sizes of their first axes, masked rows included. */
  public long rows() {
    return accumulation.rows();
  }

  /**
   * The loss of all batches so far; more may follow. 0 where masks and weights leave nothing.
   *
   * @throws LossException {@link LossErrorCode#INVALID_INPUTS} when there was none
   */
  public double value() {
    checkNotEmpty();
    return accumulation.value(reduction);
  }

  /**
   * The answer to all batches so far, as {@link Loss#evaluate} gives it to all rows at once; more may follow.
   *
   * @throws LossException {@link LossErrorCode#INVALID_INPUTS} when there was none
   */
  public LossResult result() {
    checkNotEmpty();
    return accumulation.result(reduction);
  }

  private void checkNotEmpty() {
    if (accumulation.rows() == 0) {
      throw LossException.of(
          LossErrorCode.INVALID_INPUTS,
          "No batch was added: the loss '" + loss.definition().name()
              + "' of no rows is not defined");
    }
  }
}
