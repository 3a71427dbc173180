package dev.losses.server.codec;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** A stream that gives a few bytes at a time, as a network does. */
final class Trickle extends FilterInputStream {
  private final int mostAtOnce;

  Trickle(byte[] bytes, int mostAtOnce) {
    super(new ByteArrayInputStream(bytes));
    this.mostAtOnce = mostAtOnce;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return super.read(bytes, offset, Math.min(length, mostAtOnce));
  }
}
