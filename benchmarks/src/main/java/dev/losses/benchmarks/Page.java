package dev.losses.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page with a part that is written anew, between two comments. */
record Page(Path file) {
  private static final String START = "<!-- benchmarks/run.sh writes from here -->";
  private static final String END = "<!-- to here -->";

  /** Replaces what stands between the comments, and nothing else. */
  void put(String part) throws IOException {
    String text = Files.readString(file);
    int start = text.indexOf(START);
    int end = text.indexOf(END, start + 1);
    if (start < 0 || end < 0) {
      throw new IllegalStateException(file + " has no lines " + START + " and " + END);
    }
    Files.writeString(
        file,
        text.substring(0, start + START.length()) + "\n\n" + part.strip() + "\n\n"
            + text.substring(end));
  }
}
