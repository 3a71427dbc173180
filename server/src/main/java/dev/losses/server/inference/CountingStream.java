package dev.losses.server.inference;

import java.io.OutputStream;
import java.util.function.Consumer;

/** Counts what is written to it, and keeps nothing. */
final class CountingStream extends OutputStream {
  private long count;

  private CountingStream() {}

  /** How many bytes are written. */
  static long count(Consumer<OutputStream> writing) {
    CountingStream stream = new CountingStream();
    writing.accept(stream);
    return stream.count;
  }

  @Override
  public void write(int value) {
    count++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    count += length;
  }
}
