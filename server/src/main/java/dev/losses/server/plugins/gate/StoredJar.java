package dev.losses.server.plugins.gate;

import java.nio.file.Path;

/** The private copy of a jar, which nobody else writes to. Closing it gives the copy up. */
public record StoredJar(Identity identity, Path path, Runnable release)
    implements Identity.Known, Pipeline.Resource {
  @Override
  public void close() {
    release.run();
  }
}
