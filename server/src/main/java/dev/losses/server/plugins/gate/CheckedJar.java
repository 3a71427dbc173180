package dev.losses.server.plugins.gate;

import java.util.List;

/** A jar found whole. The names are those of its losses' classes, as its services file lists them. */
record CheckedJar(Identity identity, StoredJar stored, List<String> classNames)
    implements Identity.Known, Pipeline.Resource {
  @Override
  public void close() {
    stored.close();
  }
}
