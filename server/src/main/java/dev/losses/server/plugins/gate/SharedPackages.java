package dev.losses.server.plugins.gate;

import dev.losses.nd4j.NamedTensorLoss;
import dev.losses.nd4j.Nd4jTensors;
import dev.losses.nd4j.TensorLoss;
import dev.losses.spi.LossFunction;
import java.util.List;
import java.util.Set;

/**
 * All that a plugin sees of the server: the platform and a few packages. A plugin may therefore bring any version of any
 * library. The classes come from the loader of the SPI, wherever that is: a class path, or the executable jar.
 */
final class SharedPackages extends ClassLoader {
  private static final List<String> PREFIXES = List.of(
      LossFunction.class.getPackageName() + ".",
      "org.slf4j.",
      "org.nd4j.",
      // ND4J's own methods speak of its pointers.
      "org.bytedeco.javacpp.");

  static {
    registerAsParallelCapable();
  }

  /** Not what is beside them, whose settings are for the whole process. */
  private static final Set<String> CLASSES = Set.of(
      TensorLoss.class.getName(), NamedTensorLoss.class.getName(), Nd4jTensors.class.getName());

  private final ClassLoader host = LossFunction.class.getClassLoader();

  SharedPackages() {
    super("losses-shared-packages", ClassLoader.getPlatformClassLoader());
  }

  /** Whether a plugin is shown the class of that name, if the server has it. */
  static boolean haveClass(String name) {
    return CLASSES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (haveClass(name)) {
      return host.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
