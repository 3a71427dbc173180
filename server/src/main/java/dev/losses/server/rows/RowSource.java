package dev.losses.server.rows;

import dev.losses.engine.LossInputs;
import org.jspecify.annotations.Nullable;

/** Rows as their sender delivers them. For one thread, and to be read once. */
public interface RowSource {

  /**
   * The next batch of rows, which is not to be used any more once another is asked for.
   *
   * @return null where there are no more
   * @throws RowException when a row is not what it should be
   * @throws dev.losses.server.problem.ProblemException when what comes is not in the format, or does not come
   */
  @Nullable
  LossInputs next();
}
