package dev.losses.server.plugins.gate;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the server from stopping. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /** Makes threads of that name. */
  public static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Starts one. */
  public static Thread start(String name, Runnable task) {
    Thread thread = named(name).newThread(task);
    thread.start();
    return thread;
  }
}
