package dev.losses.server.plugins.gate;

import dev.losses.spi.LossFunction;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;

/** What the constant pool of a class refers to. */
final class ClassReferences {
  // Tags of the constant pool, JVM specification 4.4.
  private static final int CLASS = 7;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;

  private static final int MAGIC = 0xCAFEBABE;
  private static final int MAJOR_VERSION_AT = 6;
  /** The class file version of Java 1 is 45. */
  private static final int BEFORE_JAVA_1 = 44;

  private static final String ND4J = "org/nd4j/";

  private final String entry;
  private final byte[] bytes;
  private boolean usesNd4j;

  ClassReferences(String entry, byte[] bytes) {
    this.entry = entry;
    this.bytes = bytes;
  }

  /** Refuses a class made for a newer Java, and one that needs what the SPI does not have; tells whether it uses ND4J. */
  boolean check() throws Stage.Refusal {
    if (bytes.length <= MAJOR_VERSION_AT + 1 || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
      throw new Stage.Refusal(entry + " is not a class");
    }
    int java = ByteBuffer.wrap(bytes).getShort(MAJOR_VERSION_AT) - BEFORE_JAVA_1;
    int here = Runtime.version().feature();
    if (java > here) {
      throw new Stage.Refusal(entry + " is compiled for Java " + java
          + "; this server runs on Java " + here + ", so compile with --release " + here);
    }
    try {
      ClassReader reader = new ClassReader(bytes);
      check(reader);
      checkAnnotations(reader);
      return usesNd4j;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Stage.Refusal.of(entry + " is not a class", e);
    }
  }

  private void check(ClassReader reader) throws Stage.Refusal {
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      // The second half of a long or double is no item.
      int tag = item == 0 ? 0 : reader.readByte(item - 1);
      if (tag == CLASS) {
        type(reader.readUTF8(item, buffer));
      } else if (tag == FIELD || tag == METHOD || tag == INTERFACE_METHOD) {
        String owner = reader.readClass(item, buffer);
        int nameAndType = reader.getItem(reader.readUnsignedShort(item + 2));
        String name = reader.readUTF8(nameAndType, buffer);
        String descriptor = reader.readUTF8(nameAndType + 2, buffer);
        member(owner, name, descriptor, tag == FIELD);
      }
    }
  }

  /** The JVM passes over annotations that it does not find: a rule of the author would be lost without a word. */
  private void checkAnnotations(ClassReader reader) throws Stage.Refusal {
    Annotations annotations = new Annotations();
    reader.accept(annotations, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    for (Annotations.Use use : annotations.found()) {
      if (isSpi(use.type())) {
        Class<?> annotation = spi(use.type());
        for (String element : use.elements()) {
          if (Arrays.stream(annotation.getDeclaredMethods())
              .noneMatch(method -> method.getName().equals(element))) {
            throw missing(use.type() + "." + element);
          }
        }
      }
    }
  }

  private void type(String name) throws Stage.Refusal {
    usesNd4j |= name.startsWith(ND4J);
    if (isSpi(name)) {
      spi(name);
    }
  }

  private void member(String owner, String name, String descriptor, boolean field)
      throws Stage.Refusal {
    if (isSpi(owner) && !has(spi(owner), name, descriptor, field)) {
      throw missing(owner + "." + name + (field ? "" : " with the descriptor " + descriptor));
    }
  }

  private Class<?> spi(String name) throws Stage.Refusal {
    if (!SharedPackages.haveClass(name.replace('/', '.'))) {
      throw missing(name);
    }
    try {
      return Class.forName(name.replace('/', '.'), false, LossFunction.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw missing(name);
    }
  }

  private Stage.Refusal missing(String what) {
    String artifact = SpiPackages.artifactOf(what).orElseThrow();
    return new Stage.Refusal(entry + " uses " + what
        + ", which the SPI of this server does not have; build against the server's " + artifact
        + ", " + version());
  }

  private static boolean isSpi(String className) {
    return SpiPackages.artifactOf(className).isPresent();
  }

  private static String version() {
    String version = LossFunction.class.getPackage().getImplementationVersion();
    return version == null ? "of the same version" : version;
  }

  private static boolean has(Class<?> owner, String name, String descriptor, boolean field) {
    Set<Class<?>> seen = new HashSet<>();
    Deque<Class<?>> pending = new ArrayDeque<>();
    pending.add(owner);
    while (!pending.isEmpty()) {
      Class<?> type = pending.remove();
      if (seen.add(type)) {
        if (field ? hasField(type, name, descriptor) : hasMethod(type, name, descriptor)) {
          return true;
        }
        if (name.equals("<init>")) {
          return false; // Constructors are not inherited.
        }
        if (type.getSuperclass() != null) {
          pending.add(type.getSuperclass());
        } else if (type.isInterface()) {
          pending.add(Object.class);
        }
        pending.addAll(Arrays.asList(type.getInterfaces()));
      }
    }
    return false;
  }

  private static boolean isAccessible(Member member) {
    return Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
  }

  private static boolean hasField(Class<?> type, String name, String descriptor) {
    return Arrays.stream(type.getDeclaredFields())
        .anyMatch(field -> isAccessible(field)
            && field.getName().equals(name)
            && Type.getDescriptor(field.getType()).equals(descriptor));
  }

  private static boolean hasMethod(Class<?> type, String name, String descriptor) {
    if (name.equals("<init>")) {
      return Arrays.stream(type.getDeclaredConstructors())
          .anyMatch(constructor -> isAccessible(constructor)
              && Type.getConstructorDescriptor(constructor).equals(descriptor));
    }
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(method -> isAccessible(method)
            && method.getName().equals(name)
            && Type.getMethodDescriptor(method).equals(descriptor));
  }
}
