package dev.losses.server.plugins.gate;

import dev.losses.nd4j.Nd4jBackend;

/**
 * Starts ND4J before the first plugin that uses it is loaded: a server without such plugins never does, and the seconds it
 * takes count against no plugin's deadline.
 */
final class Nd4jStart {
  private Nd4jStart() {}

  static CheckedJar check(CheckedJar jar) throws Stage.Refusal {
    if (jar.usesNd4j()) {
      try {
        Nd4jBackend.start();
      } catch (IllegalStateException e) {
        throw new Stage.Refusal(String.valueOf(e.getMessage()));
      }
    }
    return jar;
  }
}
