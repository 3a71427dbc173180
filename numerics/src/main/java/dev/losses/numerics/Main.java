package dev.losses.numerics;

import dev.losses.spi.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Measures every loss and writes the page. */
public final class Main {
  private Main() {}

  /**
   * Starts it. A {@link Peer} on the class path is measured too; without one the page keeps what was recorded of it.
   *
   * @param arguments the page
   */
  public static void main(String[] arguments) throws IOException {
    Page page = new Page(Path.of(arguments[0]));
    List<Line> recorded = page.lines();
    Optional<Peer> peer = ServiceLoader.load(Peer.class).findFirst();
    List<Figures> figures = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (Subject subject : Subject.all()) {
      for (DType dtype : DType.values()) {
        Measurement measurement = new Measurement(subject, dtype);
        Figures ours = measurement.of(new Ours()).orElseThrow();
        figures.add(ours);
        Line line = Line.of(ours);
        if (peer.isPresent()) {
          line = measurement
              .of(peer.get())
              .map(theirs -> Line.of(ours)
                  .withPeer(Figure.write(theirs.valueUlp()), Figure.write(theirs.gradientUlp())))
              .orElse(line);
        } else {
          line = recorded.stream()
              .filter(line::isAbout)
              .findFirst()
              .map(line::withPeerOf)
              .orElse(line);
        }
        lines.add(line);
        System.out.print(line);
      }
    }
    page.put(lines, figures);
  }
}
