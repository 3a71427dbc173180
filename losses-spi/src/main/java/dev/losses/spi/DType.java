package dev.losses.spi;

/** The number formats a loss is computed in. */
public enum DType {
  /** IEEE 754 binary32, Java's {@code float}. */
  FLOAT32("float32"),
  /** IEEE 754 binary64, Java's {@code double}. */
  FLOAT64("float64");

  private final String wireName;

  DType(String wireName) {
    this.wireName = wireName;
  }

  /** The name in requests and answers. */
  public String wireName() {
    return wireName;
  }
}
