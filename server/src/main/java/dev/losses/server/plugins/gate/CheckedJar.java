package dev.losses.server.plugins.gate;

import java.util.List;

/**
 * A jar found whole.
 *
 * @param classNames the classes of its losses, as its services file lists them
 * @param usesNd4j whether any of its classes refers to ND4J
 */
record CheckedJar(Identity identity, StoredJar stored, List<String> classNames, boolean usesNd4j)
    implements Identity.Known, Pipeline.Resource {

  CheckedJar usingNd4j(boolean uses) {
    return new CheckedJar(identity, stored, classNames, uses);
  }

  @Override
  public void close() {
    stored.close();
  }
}
