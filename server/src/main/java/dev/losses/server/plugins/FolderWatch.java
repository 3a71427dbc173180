package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.DaemonThreads;
import dev.losses.server.plugins.gate.Reasons;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at once when something happens in a directory. It only hastens the next scan, which alone decides: where events
 * are not to be had, or are lost, polling finds the same a little later.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

  private final Path directory;
  private final Runnable wake;
  private final @Nullable WatchService events;
  private volatile @Nullable WatchKey key;

  FolderWatch(Path directory, Runnable wake) {
    this.directory = directory;
    this.wake = wake;
    this.events = open(directory);
    if (events != null) {
      DaemonThreads.start("losses-plugin-events", () -> listen(events));
    }
  }

  private static @Nullable WatchService open(Path directory) {
    try {
      return directory.getFileSystem().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      log.info("File events are not available ({}); the plugin folder is polled.", Reasons.of(e));
      return null;
    }
  }

  /** Begins to listen if it does not yet; to be called at every scan, for the directory may come and go. */
  void renew() {
    if (events == null || listening()) {
      return;
    }
    try {
      key = directory.register(
          events,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (NoSuchFileException | NotDirectoryException absent) {
      key = null;
    } catch (IOException | ClosedWatchServiceException e) {
      log.debug("The plugin folder is polled: {}", Reasons.of(e));
    }
  }

  /** Whether events arrive. */
  boolean listening() {
    WatchKey current = key;
    return current != null && current.isValid();
  }

  private void listen(WatchService service) {
    try {
      while (true) {
        WatchKey signalled = service.take();
        signalled.pollEvents();
        signalled.reset();
        wake.run();
      }
    } catch (ClosedWatchServiceException | InterruptedException closed) {
      log.debug("No longer listening to the plugin folder");
    }
  }

  @Override
  public void close() {
    if (events != null) {
      try {
        events.close();
      } catch (IOException e) {
        log.debug("Closing the file events failed: {}", Reasons.of(e));
      }
    }
  }
}
