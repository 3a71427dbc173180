package dev.losses.server.plugins.gate;

import dev.losses.api.LossDefinition;
import java.io.IOException;
import java.net.URLClassLoader;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plugin's code in memory. */
public final class LoadedPlugin implements Identity.Known, Pipeline.Resource {
  private static final Logger log = LoggerFactory.getLogger(LoadedPlugin.class);

  private final Identity identity;
  private final StoredJar stored;
  private final URLClassLoader code;
  private final List<LossDefinition> definitions;

  /** That code, which was loaded from that copy. */
  public LoadedPlugin(
      Identity identity, StoredJar stored, URLClassLoader code, List<LossDefinition> definitions) {
    this.identity = identity;
    this.stored = stored;
    this.code = code;
    this.definitions = List.copyOf(definitions);
  }

  @Override
  public Identity identity() {
    return identity;
  }

  StoredJar stored() {
    return stored;
  }

  /** Its class loader. */
  public ClassLoader code() {
    return code;
  }

  /** Its losses. */
  public List<LossDefinition> definitions() {
    return definitions;
  }

  /** The names of its losses, without aliases. */
  public List<String> losses() {
    return definitions.stream().map(LossDefinition::name).sorted().toList();
  }

  /** Every name it claims, with aliases. */
  public List<String> names() {
    return definitions.stream().flatMap(d -> d.names().stream()).sorted().toList();
  }

  @Override
  public void close() {
    try {
      code.close();
    } catch (IOException e) {
      log.warn("Closing the code of {} failed: {}", identity, Reasons.of(e));
    }
    RecordLinkage.forgetPlugins();
    stored.close();
  }
}
