package dev.losses.server.codec;

import java.nio.ByteOrder;
import java.util.List;

/**
 * What a .npy file says about its array.
 *
 * @param order of the bytes of an element
 * @param fortranOrder whether the first axis varies fastest
 */
record NpyHeader(ElementType type, ByteOrder order, boolean fortranOrder, List<Integer> shape) {
  NpyHeader {
    shape = List.copyOf(shape);
  }
}
