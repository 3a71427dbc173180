package dev.losses.server.plugins.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.losses.server.plugins.PluginJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Plugins built against an SPI that the server does not have. */
class SpiLinkageTest {
  private static final PluginJar GOOD = PluginJar.named("good", "1").withLoss("Good", "good", 1);
  private static final String CLASS = "acme/Good.class";

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
  void aMethodThatTheSpiDoesNotHaveYetIsNamed() {
    byte[] newer = rewritten(new Rewriting() {
      @Override
      public String name(String name) {
        return name.equals("squared") ? "cubed" : name;
      }
    });
    gate.refuses(
        GOOD.withFile(CLASS, newer),
        "spi",
        CLASS + " uses dev/losses/spi/Expr.cubed",
        "which the SPI of this server does not have");
  }

  @Test
  void aMethodWhoseDescriptorChangedIsNamed() {
    byte[] incompatible = rewritten(new Rewriting() {
      @Override
      public String descriptor(String descriptor) {
        return descriptor.equals("(D)Ldev/losses/spi/Expr;")
            ? "(F)Ldev/losses/spi/Expr;"
            : descriptor;
      }
    });
    gate.refuses(
        GOOD.withFile(CLASS, incompatible),
        "spi",
        "Expr.times with the descriptor (F)Ldev/losses/spi/Expr;");
  }

  @Test
  void aTypeThatTheSpiDoesNotHaveIsNamed() {
    byte[] newer = rewritten(new Rewriting() {
      @Override
      public String owner(String owner) {
        return owner.equals("dev/losses/spi/Expr") ? "dev/losses/spi/Tape" : owner;
      }
    });
    gate.refuses(GOOD.withFile(CLASS, newer), "spi", "uses dev/losses/spi/Tape");
  }

  @Test
  void anAnnotationThatTheSpiDoesNotHaveIsNamed() {
    String code = new String(GOOD.file(CLASS), StandardCharsets.ISO_8859_1);
    byte[] newer = code.replace("Ldev/losses/spi/Positive;", "Ldev/losses/spi/Possible;")
        .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(newer).isNotEqualTo(GOOD.file(CLASS));
    gate.refuses(GOOD.withFile(CLASS, newer), "spi", "uses dev/losses/spi/Possible");
  }

  @Test
  void aClassForANewerJavaSaysWhichAndWhatToDo() {
    byte[] newer = GOOD.file(CLASS).clone();
    int here = Runtime.version().feature();
    newer[7] = (byte) (44 + here + 1);
    gate.refuses(
        GOOD.withFile(CLASS, newer),
        "spi",
        "compiled for Java " + (here + 1),
        "runs on Java " + here,
        "--release " + here);
  }

  @Test
  void whatIsNoClassIsNamed() {
    gate.refuses(GOOD.withFile(CLASS, new byte[5]), "spi", CLASS + " is not a class");
    gate.refuses(GOOD.withFile(CLASS, new byte[500]), "spi", CLASS + " is not a class");
    byte[] cut = Arrays.copyOf(GOOD.file(CLASS), 100);
    gate.refuses(GOOD.withFile(CLASS, cut), "spi", CLASS + " is not a class");
  }

  /** What is changed in calls of the SPI's methods. */
  private interface Rewriting {
    default String owner(String owner) {
      return owner;
    }

    default String name(String name) {
      return name;
    }

    default String descriptor(String descriptor) {
      return descriptor;
    }
  }

  private static byte[] rewritten(Rewriting rewriting) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(GOOD.file(CLASS))
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(
                    Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, thrown)) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String method, String described, boolean itf) {
                    super.visitMethodInsn(
                        opcode,
                        rewriting.owner(owner),
                        rewriting.name(method),
                        rewriting.descriptor(described),
                        itf);
                  }
                };
              }
            },
            0);
    return writer.toByteArray();
  }
}
