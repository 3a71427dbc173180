package dev.losses.server.plugins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.springframework.util.FileSystemUtils;

/** A plugin's jar, made from source text as an author's build would. Immutable. */
public final class PluginJar {
  private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

  private final String title;
  private final String version;
  private final Map<String, byte[]> classes;
  private final List<String> services;
  private final Map<String, String> attributes;

  private PluginJar(
      String title, String version, Map<String, byte[]> classes, List<String> services) {
    this(title, version, classes, services, Map.of());
  }

  private PluginJar(
      String title,
      String version,
      Map<String, byte[]> classes,
      List<String> services,
      Map<String, String> attributes) {
    this.attributes = attributes;
    this.title = title;
    this.version = version;
    this.classes = classes;
    this.services = services;
  }

  public static PluginJar named(String title, String version) {
    return new PluginJar(title, version, Map.of(), List.of());
  }

  /** With the record {@code acme.<type>}, a squared error times a factor, under that loss name. */
  public PluginJar withLoss(String type, String lossName, double factor) {
    return withType(
        "acme." + type, """
        package acme;
        import dev.losses.spi.*;
        @LossName("%s")
        public record %s(@Positive double factor) implements FormulaLoss {
          static { %s }
          public %s() { this(%s); }
          @Override
          public Expr loss(Expr yTrue, Expr yPred) {
            return yTrue.minus(yPred).squared().times(factor);
          }
        }
        """.formatted(lossName, type, LoadedCode.report(type), type, factor));
  }

  /**
   * With the class {@code acme.<type>}, a squared error on arrays that does more than that.
   *
   * @param members fields and methods of the class
   * @param statement what it does when the array {@code losses} is computed from {@code pred} and {@code truth}
   */
  public PluginJar withArrayLoss(String type, String lossName, String members, String statement) {
    return withType("acme." + type, """
        package acme;
        import dev.losses.spi.*;
        import java.util.Map;
        @LossName("%s")
        public record %s() implements ArrayLoss {
          %s
          @Override
          public Losses loss(Map<String, Tensor> inputs) {
            Tensor pred = inputs.get("y_pred");
            Tensor truth = inputs.get("y_true");
            int rows = pred.axis(0);
            int width = pred.size() / rows;
            double[] losses = new double[rows];
            for (int i = 0; i < pred.size(); i++) {
              losses[i / width] += (pred.get(i) - truth.get(i)) * (pred.get(i) - truth.get(i));
            }
            %s
            return Losses.of(tensor(pred.dtype(), losses, losses.length));
          }
          @Override
          public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
            Tensor pred = inputs.get("y_pred");
            Tensor truth = inputs.get("y_true");
            int width = pred.size() / pred.axis(0);
            double[] gradient = new double[pred.size()];
            for (int i = 0; i < gradient.length; i++) {
              gradient[i] = 2 * (pred.get(i) - truth.get(i)) * upstream.get(i / width);
            }
            return Map.of("y_pred", tensor(pred.dtype(), gradient, pred.shape()));
          }
          private static Tensor tensor(DType dtype, double[] values, int... shape) {
            Tensor tensor = Tensor.zeros(dtype, shape);
            for (int i = 0; i < values.length; i++) tensor.set(i, values[i]);
            return tensor;
          }
        }
        """.formatted(lossName, type, members, statement));
  }

  /** With the loss of that class name and source, listed in the services file. */
  public PluginJar withType(String className, String source) {
    Map<String, byte[]> more = new LinkedHashMap<>(classes);
    more.putAll(COMPILED.computeIfAbsent(source, text -> compile(className, text)));
    return new PluginJar(title, version, more, services, attributes).listing(className);
  }

  /** With one more line in the services file. */
  public PluginJar listing(String className) {
    List<String> more = new ArrayList<>(services);
    more.add(className);
    return new PluginJar(title, version, classes, more, attributes);
  }

  public PluginJar withoutServices() {
    return new PluginJar(title, version, classes, List.of(), attributes);
  }

  /** With one attribute in the manifest beside the name and the version. */
  public PluginJar withAttribute(String name, String value) {
    return new PluginJar(title, version, classes, services, Map.of(name, value));
  }

  /** With one more file, whatever it is. */
  public PluginJar withFile(String name, byte[] bytes) {
    Map<String, byte[]> more = new LinkedHashMap<>(classes);
    more.put(name, bytes);
    return new PluginJar(title, version, more, services, attributes);
  }

  /** Without one of its files. */
  public PluginJar without(String name) {
    Map<String, byte[]> fewer = new LinkedHashMap<>(classes);
    fewer.remove(name);
    return new PluginJar(title, version, fewer, services, attributes);
  }

  public PluginJar version(String newVersion) {
    return new PluginJar(title, newVersion, classes, services, attributes);
  }

  /** What is stored under that name. */
  public byte[] file(String name) {
    return Objects.requireNonNull(classes.get(name), name);
  }

  public byte[] bytes() {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    attributes.forEach(manifest.getMainAttributes()::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteArrayOutputStream manifestBytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      manifest.write(manifestBytes);
      put(jar, "META-INF/MANIFEST.MF", manifestBytes.toByteArray());
      for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
        put(jar, entry.getKey(), entry.getValue());
      }
      if (!services.isEmpty()) {
        put(
            jar,
            "META-INF/services/dev.losses.spi.LossFunction",
            String.join("\n", services).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Puts it in a folder, whole at once. */
  public Path dropInto(Path folder, String file) {
    return drop(bytes(), folder, file);
  }

  public static Path drop(byte[] bytes, Path folder, String file) {
    try {
      Files.createDirectories(folder);
      Path part = Files.write(folder.resolve("." + file + ".part"), bytes);
      return Files.move(
          part,
          folder.resolve(file),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    JarEntry entry = new JarEntry(name);
    // The same jar has the same digest whenever it is made.
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    jar.putNextEntry(entry);
    jar.write(bytes);
    jar.closeEntry();
  }

  private static Map<String, byte[]> compile(String className, String source) {
    try {
      Path directory = Files.createTempDirectory("losses-test-plugin");
      try {
        return compile(className, source, directory);
      } finally {
        FileSystemUtils.deleteRecursively(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> compile(String className, String source, Path directory)
      throws IOException {
    Path file = Files.writeString(
        directory.resolve(className.substring(className.lastIndexOf('.') + 1) + ".java"), source);
    Path output = Files.createDirectory(directory.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = List.of(
        "-proc:none", "-d", output.toString(), "-classpath", System.getProperty("java.class.path"));
    boolean compiled = compiler
        .getTask(
            messages,
            null,
            null,
            options,
            null,
            compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
        .call();
    if (!compiled) {
      throw new IllegalArgumentException(messages.toString());
    }
    return read(output);
  }

  private static Map<String, byte[]> read(Path directory) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> paths = Files.walk(directory).sorted()) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(
            directory.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
      }
    }
    return files;
  }
}
