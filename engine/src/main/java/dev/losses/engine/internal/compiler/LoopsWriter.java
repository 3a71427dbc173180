package dev.losses.engine.internal.compiler;

import java.lang.invoke.MethodHandles;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes a plan as a hidden class: unloaded by itself once its kernel is not used any more. */
final class LoopsWriter {
  private static final String PARENT = Loops.class.getName().replace('.', '/');
  private static final String TILE = "L" + Tile.class.getName().replace('.', '/') + ";";
  private static final String NAME =
      LoopsWriter.class.getPackageName().replace('.', '/') + "/Generated";
  private static final String LOOP = "(" + TILE + "III)V";

  private LoopsWriter() {}

  /** @throws IllegalStateException when the JVM does not take the class */
  static Loops load(Plan plan, Lanes lanes) {
    try {
      return (Loops) MethodHandles.lookup()
          .defineHiddenClass(write(plan, lanes), true)
          .lookupClass()
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("the JVM does not take the generated class: " + e, e);
    }
  }

  private static byte[] write(Plan plan, Lanes lanes) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
      @Override
      protected String getCommonSuperClass(String a, String b) {
        // No local variable holds different types where paths meet.
        return a.equals(b) ? a : "java/lang/Object";
      }
    };
    writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, PARENT, null);
    MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
    constructor.visitCode();
    constructor.visitVarInsn(Opcodes.ALOAD, 0);
    constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, PARENT, "<init>", "()V", false);
    constructor.visitInsn(Opcodes.RETURN);
    constructor.visitMaxs(0, 0);
    constructor.visitEnd();
    writeDispatch(writer, plan.loops().size());
    for (Loop loop : plan.loops()) {
      MethodVisitor method =
          writer.visitMethod(Opcodes.ACC_STATIC, "loop" + loop.number(), LOOP, null, null);
      method.visitCode();
      LoopWriter.of(plan, loop, lanes, method).write();
      method.visitEnd();
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void writeDispatch(ClassWriter writer, int loops) {
    MethodVisitor run = writer.visitMethod(0, "run", "(I" + TILE + "III)V", null, null);
    run.visitCode();
    Label unknown = new Label();
    Label[] cases = new Label[loops];
    for (int i = 0; i < loops; i++) {
      cases[i] = new Label();
    }
    run.visitVarInsn(Opcodes.ILOAD, 1);
    run.visitTableSwitchInsn(0, loops - 1, unknown, cases);
    for (int i = 0; i < loops; i++) {
      run.visitLabel(cases[i]);
      run.visitVarInsn(Opcodes.ALOAD, 2);
      run.visitVarInsn(Opcodes.ILOAD, 3);
      run.visitVarInsn(Opcodes.ILOAD, 4);
      run.visitVarInsn(Opcodes.ILOAD, 5);
      run.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, "loop" + i, LOOP, false);
      run.visitInsn(Opcodes.RETURN);
    }
    run.visitLabel(unknown);
    run.visitTypeInsn(Opcodes.NEW, "java/lang/IllegalArgumentException");
    run.visitInsn(Opcodes.DUP);
    run.visitMethodInsn(
        Opcodes.INVOKESPECIAL, "java/lang/IllegalArgumentException", "<init>", "()V", false);
    run.visitInsn(Opcodes.ATHROW);
    run.visitMaxs(0, 0);
    run.visitEnd();
  }
}
