package dev.losses.server.arrow;

import dev.losses.server.codec.ElementType;
import java.util.List;

/**
 * A column, as the schema has it.
 *
 * @param name its name
 * @param lists the lists that its elements are in, the outermost first; none where a row has a single value
 * @param type what its elements are; BOOL has a bit for each
 */
record ArrowField(String name, List<Lists> lists, ElementType type) {

  /**
   * Lists in each other or in a row.
   *
   * @param size how long all are; {@link #BY_OFFSETS} where offsets tell
   * @param offsetBytes the size of an offset
   */
  record Lists(int size, int offsetBytes) {
    static final int BY_OFFSETS = -1;

    static Lists of(int size) {
      return new Lists(size, 0);
    }

    static Lists byOffsets(int offsetBytes) {
      return new Lists(BY_OFFSETS, offsetBytes);
    }

    boolean haveOffsets() {
      return size == BY_OFFSETS;
    }
  }
}
