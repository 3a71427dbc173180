package dev.losses.engine.internal.compiler;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether this JVM has vector instructions for us, and how wide. Nothing here is compiled against the module. */
public final class Simd {
  /** {@code off} keeps to the interpreter; {@code eager} compiles at the first use, unwarmed, for tests. */
  public static final String SWITCH = "losses.simd";

  private static final String WITHOUT_C2 = "-XX:TieredStopAtLevel=[0-3]";

  private static final Simd HERE = detect();

  private final int bits;
  private final String reason;

  private Simd(int bits, String reason) {
    this.bits = bits;
    this.reason = reason;
  }

  private static boolean isPresent(String type) {
    try {
      Class.forName(type, false, Simd.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** What this JVM has. */
  public static Simd here() {
    return HERE;
  }

  /** The bits of a vector register; empty where there is no SIMD. */
  public OptionalInt bits() {
    return bits == 0 ? OptionalInt.empty() : OptionalInt.of(bits);
  }

  /** Whether there is SIMD. */
  public boolean isThere() {
    return bits > 0;
  }

  /** Why there is none, and how to switch it on; what there is otherwise. */
  public String reason() {
    return reason;
  }

  /** Whether there is none because somebody wanted none. */
  boolean isSwitchedOff() {
    return "off".equals(System.getProperty(SWITCH));
  }

  /** Whether the first use already is to be computed by a compiled kernel. */
  boolean isEager() {
    return isThere() && "eager".equals(System.getProperty(SWITCH));
  }

  private static Simd detect() {
    if ("off".equals(System.getProperty(SWITCH))) {
      return new Simd(0, "switched off by -D" + SWITCH + "=off");
    }
    Optional<String> limit = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.equals("-Xint") || argument.matches(WITHOUT_C2))
        .findFirst();
    if (limit.isPresent()) {
      return new Simd(
          0, "only HotSpot's compiler C2 makes vectors fast, and " + limit.get() + " excludes it");
    }
    if (!isPresent("org.objectweb.asm.ClassWriter")) {
      return new Simd(0, "the library org.ow2.asm:asm is not on the class path");
    }
    try {
      Class<?> shape = Class.forName("jdk.incubator.vector.VectorShape");
      Object preferred = shape.getMethod("preferredShape").invoke(null);
      int bits = (Integer) shape.getMethod("vectorBitSize").invoke(preferred);
      return bits < 128
          ? new Simd(0, "this JVM has no vector registers of 128 bits or more")
          : new Simd(Math.min(bits, 512), "the module jdk.incubator.vector is loaded");
    } catch (ClassNotFoundException e) {
      return new Simd(
          0,
          "the module jdk.incubator.vector is not loaded; start java with --add-modules jdk.incubator.vector");
    } catch (ReflectiveOperationException | LinkageError e) {
      return new Simd(0, "the module jdk.incubator.vector cannot be used: " + e);
    }
  }
}
