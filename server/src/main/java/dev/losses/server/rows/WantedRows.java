package dev.losses.server.rows;

import dev.losses.api.LossNames;
import dev.losses.server.exchange.Pointers;
import dev.losses.spi.DType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a stream are to have.
 *
 * @param inputs the inputs of the loss, all of which must be there
 * @param dtype in what the loss is to be computed, if the sender said so
 */
public record WantedRows(List<String> inputs, @Nullable DType dtype) {
  /** The name of the weights. */
  public static final String SAMPLE_WEIGHT = "sample_weight";

  /** The name of the mask. */
  public static final String MASK = "mask";

  /** Whether a row may have such a field. */
  public boolean has(String field) {
    return inputs.contains(field) || field.equals(SAMPLE_WEIGHT) || field.equals(MASK);
  }

  /** That a field is none of those which a row may have; with the one that may have been meant. */
  public RowException unknown(String field, String place) {
    List<String> known = new ArrayList<>(inputs);
    known.add(SAMPLE_WEIGHT);
    known.add(MASK);
    String hint = LossNames.near(field, known).stream()
        .findFirst()
        .map(near -> "; did you mean " + near + "?")
        .orElse(", which has " + String.join(", ", known)
            + "; leave it out, or put it into the query of the URL if it is an option");
    return new RowException("/" + Pointers.escape(field), place + "not a field of a row" + hint);
  }

  /**
   * Checks that all inputs are there.
   *
   * @throws RowException naming one that is not
   */
  public void check(Collection<String> given, String place) {
    for (String input : inputs) {
      if (!given.contains(input)) {
        throw new RowException(
            "/" + input, place + "missing; the loss takes " + String.join(", ", inputs));
      }
    }
  }
}
