package dev.losses.server.codec;

/** An allowance that ends, and tells what was taken. */
final class Budget implements Allowance {
  private final long most;
  private long taken;

  Budget(long most) {
    this.most = most;
  }

  @Override
  public void take(long bytes) {
    if (bytes > most - taken) {
      throw new Exceeded();
    }
    taken += bytes;
  }

  long taken() {
    return taken;
  }

  /** What the server would throw. */
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
