package dev.losses.server.plugins.gate;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossException;
import dev.losses.api.LossSource;
import dev.losses.spi.LossFunction;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a jar's losses in a class loader of their own. */
final class PluginLoader {
  private static final Logger log = LoggerFactory.getLogger(PluginLoader.class);

  private final ClassLoader shared = new SharedPackages();

  LoadedPlugin load(CheckedJar jar) throws Stage.Refusal {
    URLClassLoader code = new URLClassLoader(jar.identity().id(), new URL[] {url(jar)}, shared);
    Thread.currentThread().setContextClassLoader(code);
    boolean loaded = false;
    try {
      List<LossDefinition> definitions = definitions(jar, code);
      loaded = true;
      return new LoadedPlugin(jar.identity(), jar.stored(), code, definitions);
    } finally {
      if (!loaded) {
        closeQuietly(code);
      }
    }
  }

  private static List<LossDefinition> definitions(CheckedJar jar, ClassLoader code)
      throws Stage.Refusal {
    LossSource source = source(jar.identity());
    List<LossDefinition> definitions = new ArrayList<>();
    try {
      for (String className : jar.classNames()) {
        definitions.add(LossDefinition.of(instance(className, code), source));
      }
      LossCatalog.of(definitions); // Refuses two losses of one name.
    } catch (LossException e) {
      throw new Stage.Refusal(String.valueOf(e.getMessage()));
    }
    return definitions;
  }

  private static LossFunction instance(String className, ClassLoader code) throws Stage.Refusal {
    Class<?> type;
    try {
      type = Class.forName(className, false, code);
    } catch (ClassNotFoundException e) {
      throw new Stage.Refusal(
          "Its services file names " + className + ", which it does not contain");
    } catch (LinkageError e) {
      throw Stage.Refusal.of(className + " cannot be loaded", e);
    }
    if (!LossFunction.class.isAssignableFrom(type)) {
      throw new Stage.Refusal(className + " is not a " + LossFunction.class.getName());
    }
    try {
      return (LossFunction) type.getConstructor().newInstance();
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new Stage.Refusal(
          className
              + " needs to be public and have a public constructor without arguments, which states its defaults");
    } catch (InstantiationException e) {
      throw new Stage.Refusal(className + " is abstract");
    } catch (Throwable e) {
      throw Stage.Refusal.of("The constructor of " + className + " failed", e);
    }
  }

  private static LossSource source(Identity identity) {
    return new LossSource(
        identity.id(),
        Objects.requireNonNull(identity.version(), "the manifest has been read"),
        Objects.requireNonNull(identity.digest(), "the bytes have been read"));
  }

  private static URL url(CheckedJar jar) {
    try {
      return jar.stored().path().toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("A file always has a URL", e);
    }
  }

  // Must not hide why the code is given up.
  private static void closeQuietly(URLClassLoader code) {
    try {
      code.close();
    } catch (IOException e) {
      log.debug("Closing the code of {} failed: {}", code.getName(), Reasons.of(e));
    }
  }
}
