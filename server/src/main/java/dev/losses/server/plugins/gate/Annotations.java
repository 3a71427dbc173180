package dev.losses.server.plugins.gate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.Type;

/** Collects the annotations of a class, its fields, methods, parameters and record components. */
final class Annotations extends ClassVisitor {
  private static final int API = Opcodes.ASM9;

  private final List<Use> found = new ArrayList<>();

  /**
   * An annotation in use.
   *
   * @param type its internal name
   * @param elements the names of the elements that are given
   */
  record Use(String type, List<String> elements) {}

  Annotations() {
    super(API);
  }

  List<Use> found() {
    return found;
  }

  private AnnotationVisitor use(String descriptor) {
    Use use = new Use(Type.getType(descriptor).getInternalName(), new ArrayList<>());
    found.add(use);
    return new AnnotationVisitor(API) {
      @Override
      public void visit(String name, Object value) {
        use.elements.add(name);
      }

      @Override
      public void visitEnum(String name, String enumType, String value) {
        use.elements.add(name);
      }

      @Override
      public @Nullable AnnotationVisitor visitAnnotation(String name, String annotation) {
        use.elements.add(name);
        return null;
      }

      @Override
      public @Nullable AnnotationVisitor visitArray(String name) {
        use.elements.add(name);
        return null;
      }
    };
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    return use(descriptor);
  }

  @Override
  public RecordComponentVisitor visitRecordComponent(
      String name, String descriptor, @Nullable String signature) {
    return new RecordComponentVisitor(API) {
      @Override
      public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
        return use(annotation);
      }
    };
  }

  @Override
  public FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    return new FieldVisitor(API) {
      @Override
      public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
        return use(annotation);
      }
    };
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new MethodVisitor(API) {
      @Override
      public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
        return use(annotation);
      }

      @Override
      public AnnotationVisitor visitParameterAnnotation(
          int parameter, String annotation, boolean visible) {
        return use(annotation);
      }
    };
  }
}
