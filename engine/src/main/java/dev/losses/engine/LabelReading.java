package dev.losses.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the labels of a hinge loss are read. Labels that are all 1 are the same in both readings and decide nothing. */
enum LabelReading {
  /** All are 0 or 1, and become -1 and 1. */
  BINARY("0 and 1, which are read as -1 and 1"),
  /** There are others, and all stay as they are. */
  AS_THEY_ARE("not all 0 or 1, so they are read as they are");

  private final String words;

  LabelReading(String words) {
    this.words = words;
  }

  /**
   * How an input's labels are read, for those inputs where that is decided.
   *
   * @throws InvalidInputsException when a batch reads them otherwise than the batches before
   */
  static Map<String, LabelReading> merged(
      Map<String, LabelReading> before, Map<String, LabelReading> batch) {
    Map<String, LabelReading> merged = new LinkedHashMap<>(before);
    batch.forEach((name, reading) -> {
      LabelReading earlier = merged.putIfAbsent(name, reading);
      if (earlier != null && earlier != reading) {
        throw new InvalidInputsException(
            "/" + name,
            "the labels of this batch are " + reading.words + "; those of the batches before are "
                + earlier.words
                + ": give all batches labels of one kind, or say how they are read by the loss's labels, where it has that");
      }
    });
    return merged;
  }
}
