package dev.losses.server.plugins.gate;

import dev.losses.server.plugins.PluginJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a jar may not contain, whoever made it and why. */
class HostileJarsTest {
  private static final PluginJar GOOD = PluginJar.named("good", "1").withLoss("Good", "good", 1);

  @TempDir
  Path folder;

  private GateFixture gate;

  @BeforeEach
  void open() {
    gate = GateFixture.on(folder);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void anOrdinaryJarIsAdmitted() {
    gate.admits(GOOD.withFile("acme/readme.txt", new byte[] {1}));
  }

  @Test
  void twoEntriesOfOneNameAreRefused() {
    byte[] jar = GOOD.withFile("acme/x1.txt", new byte[1])
        .withFile("acme/x2.txt", new byte[1])
        .bytes();
    // A library would not write it, so one name is changed in the bytes, as long as it was.
    replace(jar, "acme/x2.txt", "acme/x1.txt");
    gate.refuses(jar, "structure", "two entries named acme/x1.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x.txt", "acme/../../x.txt", "/x.txt", "acme\\x.txt"})
  void anEntryThatLeadsOutOfTheJarIsRefused(String name) {
    gate.refuses(GOOD.withFile(name, new byte[1]), "structure", "leads out of the jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lib/inner.jar", "BOOT-INF/lib/x.JAR", "x.zip"})
  void anArchiveInTheJarIsRefused(String name) {
    gate.refuses(GOOD.withFile(name, new byte[1]), "structure", "contains the archive " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux/libx.so", "libx.so.1.2", "x.dll", "X.DYLIB"})
  void aNativeLibraryIsRefused(String name) {
    gate.refuses(GOOD.withFile(name, new byte[1]), "structure", "native library " + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dev/losses/spi/Expr.class", "META-INF/versions/17/dev/losses/spi/Expr.class"})
  void aClassOfTheSpiIsRefused(String name) {
    gate.refuses(GOOD.withFile(name, new byte[1]), "structure", "class of the SPI", "provided");
  }

  @Test
  void anotherVersionOfAClassForThisJavaIsWhatIsExamined() {
    PluginJar wrong = PluginJar.named("wrong", "1").withType("acme.Good", """
        package acme;
        import dev.losses.spi.*;
        @LossName("good")
        public record Good() implements FormulaLoss {
          public Good { throw new IllegalStateException("the version for Java 17"); }
          public Expr loss(Expr yTrue, Expr yPred) { return yTrue.minus(yPred); }
        }
        """);
    gate.refuses(
        GOOD.withAttribute("Multi-Release", "true")
            .withFile("META-INF/versions/17/acme/Good.class", wrong.file("acme/Good.class")),
        "load",
        "the version for Java 17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lib\nx.so", "lib\u0000x.jar", "\n2026-01-01 ERROR forged"})
  void anEntryWithControlCharactersInItsNameIsRefused(String name) {
    gate.refuses(GOOD.withFile(name, new byte[1]), "structure", "control characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme/Large.class",
        "META-INF/services/dev.losses.spi.LossFunction",
        "META-INF/versions/9/acme/Large.class"
      })
  void anEntryThatWouldFillTheMemoryIsRefused(String name) {
    gate.refuses(
        GOOD.withoutServices().withFile(name, new byte[(8 << 20) + 1]), "structure", "larger than");
  }

  @Test
  void aReasonIsShortHoweverLongTheNamesInAJarAre() {
    gate.refuses(
        GOOD.withFile("x".repeat(60_000) + ".so", new byte[1]), "structure", "native library");
    gate.refuses(GOOD.listing("no name ".repeat(60_000)), "structure", "has the line");
  }

  @ParameterizedTest
  @MethodSource("oddNames")
  void anIdThatCouldBeTakenForAnotherIsRefused(String id) {
    gate.refuses(
        PluginJar.named(id, "1").withLoss("Good", "good", 1), "structure", "Implementation-Title");
  }

  @ParameterizedTest
  @MethodSource("oddNames")
  void aVersionThatCouldBeTakenForAnotherIsRefused(String version) {
    gate.refuses(GOOD.version(version), "structure", "Implementation-Version");
  }

  @ParameterizedTest
  @MethodSource("oddNames")
  void aLossNameThatCouldBeTakenForAnotherIsRefused(String name) {
    gate.refuses(
        PluginJar.named("good", "1").withLoss("Good", name, 1), "load", "not a valid loss name");
  }

  static List<String> oddNames() {
    String cyrillic = "hub\u0435r";
    String invisible = "huber\u200b";
    return List.of(cyrillic, invisible, "a/b", "a#b", "-a", "x".repeat(101));
  }

  @Test
  void aMillionEntriesAreRefused() throws IOException {
    gate.refuses(
        zip(zip -> {
          for (int i = 0; i < 1_000_000; i++) {
            put(zip, Integer.toString(i, Character.MAX_RADIX));
          }
        }),
        "structure",
        "more than 65536 entries");
  }

  @Test
  void aLineThatIsNoClassNameIsNamed() {
    gate.refuses(
        GOOD.listing("acme.Good; drop"),
        "structure",
        "'acme.Good; drop'",
        "not the name of a class");
  }

  @Test
  void oneMissingClassAmongGoodOnesRefusesTheWholeJar() {
    gate.refuses(GOOD.listing("acme.Absent"), "load", "acme.Absent", "does not contain");
  }

  private static byte[] zip(Consumer<ZipOutputStream> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entries.accept(zip);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(0);
    entry.setCrc(new CRC32().getValue());
    try {
      zip.putNextEntry(entry);
      zip.closeEntry();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void replace(byte[] bytes, String from, String to) {
    byte[] old = from.getBytes(StandardCharsets.UTF_8);
    byte[] replacement = to.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at <= bytes.length - old.length; at++) {
      if (java.util.Arrays.equals(bytes, at, at + old.length, old, 0, old.length)) {
        System.arraycopy(replacement, 0, bytes, at, replacement.length);
      }
    }
  }
}
