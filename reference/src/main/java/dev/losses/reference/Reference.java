package dev.losses.reference;

import dev.losses.api.LossDefinition;
import dev.losses.api.LossSource;
import dev.losses.spi.LossFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The pages of all losses on the class path. */
final class Reference {
  /** The answers leave it out: it would change with every change of the code. */
  private static final LossSource SOURCE = new LossSource("losses-builtin", "0", "none");

  private final List<Entry> entries;

  /** A loss and what its author wrote above it. */
  private record Entry(LossDefinition definition, Optional<String> docstring) {}

  private Reference(List<Entry> entries) {
    this.entries = entries;
  }

  /** The reference of the losses whose sources lie in the repository. */
  static Reference of(Path repository) throws IOException {
    Map<String, String> docstrings =
        Docstrings.of(repository.resolve("losses-builtin/src/main/java"));
    return new Reference(ServiceLoader.load(LossFunction.class).stream()
        .map(ServiceLoader.Provider::get)
        .map(loss -> new Entry(
            LossDefinition.of(loss, SOURCE),
            Optional.ofNullable(docstrings.get(loss.getClass().getName()))))
        .sorted(Comparator.comparing(entry -> entry.definition.name()))
        .toList());
  }

  /** The text of each file by its path within the folder of the reference. */
  Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    for (Entry entry : entries) {
      LossDefinition definition = entry.definition;
      Optional<Curve> curve = Curve.of(definition);
      curve.ifPresent(each -> pages.put("plots/" + definition.name() + ".svg", Plot.svg(each)));
      pages.put(definition.name() + ".md", new LossPage(definition, entry.docstring, curve).text());
    }
    pages.put(
        "README.md", IndexPage.text(entries.stream().map(Entry::definition).toList()));
    return pages;
  }
}
