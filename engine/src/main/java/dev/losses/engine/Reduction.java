package dev.losses.engine;

import java.util.Arrays;
import java.util.Optional;

/** How the unreduced losses {@code l} with weights {@code w} and counts {@code n} become the answer. */
public enum Reduction {
  /** {@code sum(w l) / sum(n)} over what the mask leaves; also found as {@code sum_over_batch_size}. */
  MEAN("mean"),
  /** {@code sum(w l) / sum(w n)}. */
  MEAN_WITH_SAMPLE_WEIGHT("mean_with_sample_weight"),
  /** {@code sum(w l)}. */
  SUM("sum"),
  /** {@code w l} position by position, 0 where masked out. */
  NONE("none");

  private final String wireName;

  Reduction(String wireName) {
    this.wireName = wireName;
  }

  /** The name in requests and answers. */
  public String wireName() {
    return wireName;
  }

  /** The reduction of that wire name or alias. */
  public static Optional<Reduction> named(String name) {
    return name.equals("sum_over_batch_size")
        ? Optional.of(MEAN)
        : Arrays.stream(values()).filter(r -> r.wireName.equals(name)).findFirst();
  }
}
