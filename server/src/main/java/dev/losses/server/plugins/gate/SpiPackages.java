package dev.losses.server.plugins.gate;

import dev.losses.nd4j.TensorLoss;
import dev.losses.spi.LossFunction;
import java.util.Map;
import java.util.Optional;

/** The packages of the server that plugins are written against, and the artifacts that have them. */
final class SpiPackages {
  private static final Map<String, String> ARTIFACTS =
      Map.of(path(LossFunction.class), "losses-spi", path(TensorLoss.class), "losses-nd4j");

  private SpiPackages() {}

  /** The artifact that has the class, if it is one of those. */
  static Optional<String> artifactOf(String classPath) {
    return ARTIFACTS.entrySet().stream()
        .filter(artifact -> classPath.startsWith(artifact.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String path(Class<?> ofPackage) {
    return ofPackage.getPackageName().replace('.', '/') + "/";
  }
}
