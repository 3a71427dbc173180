import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Builds a plugin with so many losses, against the classes of losses-spi. */
final class ManyLosses {
  public static void main(String[] arguments) throws IOException {
    Path spi = Path.of(arguments[0]);
    Path jar = Path.of(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    Path sources = Files.createTempDirectory("losses");
    List<String> command = new ArrayList<>(List.of("-cp", spi.toString(), "-d", sources.toString()));
    StringBuilder services = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Path source = sources.resolve("Many" + i + ".java");
      Files.writeString(source, """
          package many;

          import dev.losses.spi.Description;
          import dev.losses.spi.Expr;
          import dev.losses.spi.FormulaLoss;
          import dev.losses.spi.LossName;
          import dev.losses.spi.Positive;

          @LossName("many_%1$d")
          @Description("The squared error times a scale, number %1$d.")
          public record Many%1$d(@Positive @Description("What the error is multiplied by.") double scale)
              implements FormulaLoss {
            public Many%1$d() {
              this(1);
            }

            @Override
            public Expr loss(Expr yTrue, Expr yPred) {
              return yTrue.minus(yPred).squared().times(scale);
            }
          }
          """.formatted(i));
      command.add(source.toString());
      services.append("many.Many").append(i).append('\n');
    }
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new)) != 0) {
      throw new IOException("The losses do not compile");
    }
    Path folder = Files.createDirectories(sources.resolve("META-INF/services"));
    Files.writeString(folder.resolve("dev.losses.spi.LossFunction"), services);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(sources)) {
      for (Path each : files.filter(path -> Files.isRegularFile(path) && !path.toString().endsWith(".java")).toList()) {
        out.putNextEntry(new JarEntry(sources.relativize(each).toString()));
        Files.copy(each, out);
      }
    }
  }
}
