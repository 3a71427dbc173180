package dev.losses.api;

import dev.losses.spi.Input;

/** What an input may hold, in words for its user. */
public final class InputDescription {
  private InputDescription() {}

  /** The domain and the extent in a sentence. */
  public static String of(Input input) {
    String domain = switch (input.domain()) {
      case REAL -> "Any numbers";
      case PROBABILITY -> "Probabilities, in [0, 1]";
      case LOGIT -> "Logits, any numbers";
      case CLASS_INDEX -> "Class indices, whole numbers from 0";
      case HINGE_LABEL -> "Labels, -1 or 1 (or 0 or 1)";
      case SIGN -> "Signs, -1 or 1";
      case DISTANCE -> "Distances, at least 0";
      case POSITIVE -> "Numbers greater than 0";
      case EMBEDDING -> "Embeddings, a row for each example";
      case ONE_HOT -> "Class probabilities, usually one-hot rows";
    };
    return domain
        + switch (input.extent()) {
          case ELEMENT -> ".";
          case ROW -> ", one for each row.";
          case FREE -> ", with as many axes as in the example.";
        };
  }
}
