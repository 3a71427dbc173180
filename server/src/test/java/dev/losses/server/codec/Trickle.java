package dev.losses.server.codec;

import java.io.InputStream;
import java.util.Random;

/** Gives its bytes out in pieces of random sizes. */
final class Trickle extends InputStream {
  private final byte[] bytes;
  private final int largest;
  private final Random random;
  private int position;

  Trickle(byte[] bytes, int largest, long seed) {
    this.bytes = bytes;
    this.largest = largest;
    this.random = new Random(seed);
  }

  @Override
  public int read() {
    return position == bytes.length ? -1 : bytes[position++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (position == bytes.length) {
      return -1;
    }
    int count = Math.min(Math.min(length, bytes.length - position), 1 + random.nextInt(largest));
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }
}
