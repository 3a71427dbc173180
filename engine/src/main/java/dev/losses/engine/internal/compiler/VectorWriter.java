package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.Primitive;
import dev.losses.engine.internal.graph.VectorCode;
import java.util.Map;
import java.util.Objects;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes calls to {@code jdk.incubator.vector} for one dtype and register width. */
final class VectorWriter {
  private static final String PACKAGE = "jdk/incubator/vector/";
  private static final String ANY = "L" + PACKAGE + "Vector;";
  private static final String MASK_TYPE = PACKAGE + "VectorMask";
  private static final String MASK = "L" + MASK_TYPE + ";";
  private static final String SPECIES = "L" + PACKAGE + "VectorSpecies;";
  private static final String OPERATORS = PACKAGE + "VectorOperators";

  private final MethodVisitor code;
  private final boolean float32;
  private final String type;
  private final String vector;
  private final String number;
  private final String array;
  private final String bitsType;
  private final String bits;
  private final String species;

  VectorWriter(MethodVisitor code, Lanes lanes) {
    this.code = code;
    this.float32 = lanes.float32();
    this.type = PACKAGE + (float32 ? "FloatVector" : "DoubleVector");
    this.vector = "L" + type + ";";
    this.number = float32 ? "F" : "D";
    this.array = "[" + number;
    this.bitsType = PACKAGE + (float32 ? "IntVector" : "LongVector");
    this.bits = "L" + bitsType + ";";
    this.species = "SPECIES_" + lanes.vector() * (float32 ? Float.SIZE : Double.SIZE);
  }

  /** The type of the arrays it reads and writes, as a descriptor. */
  String arrayType() {
    return array;
  }

  /** Pushes the species, which {@link #load} and {@link #broadcast} want below their arguments. */
  void species() {
    code.visitFieldInsn(Opcodes.GETSTATIC, type, species, SPECIES);
  }

  /** Replaces species, array and index by the vector there. */
  void load() {
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, type, "fromArray", "(" + SPECIES + array + "I)" + vector, false);
  }

  /** Stores a vector, below the array and the index, there. */
  void store() {
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, type, "intoArray", "(" + array + "I)V", false);
  }

  /** Replaces an array and an index by the number there. */
  void number() {
    code.visitInsn(float32 ? Opcodes.FALOAD : Opcodes.DALOAD);
  }

  /** Replaces species and number by a vector of that number. */
  void broadcast() {
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, type, "broadcast", "(" + SPECIES + number + ")" + vector, false);
  }

  /** Pushes a vector of a constant. */
  void constant(double value) {
    species();
    if (float32) {
      code.visitLdcInsn((float) value);
    } else {
      code.visitLdcInsn(value);
    }
    broadcast();
  }

  /** Replaces two vectors by {@code a.method(b)}. */
  void binary(String method) {
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, type, method, "(" + ANY + ")" + vector, false);
  }

  /** Replaces vectors a, b and a mask by b where the mask is set, else a. */
  void blend() {
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, type, "blend", "(" + ANY + MASK + ")" + vector, false);
  }

  /** Pushes one of the operators of the library. */
  private void operator(String kind, String name) {
    code.visitFieldInsn(Opcodes.GETSTATIC, OPERATORS, name, "L" + OPERATORS + "$" + kind + ";");
  }

  private void comparison() {
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        type,
        "compare",
        "(L" + OPERATORS + "$Comparison;" + ANY + ")" + MASK,
        false);
  }

  /** Replaces a vector of 1 and 0 by a mask. */
  void toMask() {
    operator("Comparison", "NE");
    constant(0);
    comparison();
  }

  /** Replaces a mask by a vector of 1 and 0. */
  void fromMask(int local) {
    constant(0);
    constant(1);
    code.visitVarInsn(Opcodes.ALOAD, local);
    blend();
  }

  /** Writes what a node computes, its operands being in local variables; leaves the result on the stack. */
  void compute(Node node, Map<Node, Integer> locals) {
    ((Primitive) node.operation()).emit(new OfNode(node, locals));
  }

  private final class OfNode implements VectorCode {
    private final Node node;
    private final Map<Node, Integer> locals;

    OfNode(Node node, Map<Node, Integer> locals) {
      this.node = node;
      this.locals = locals;
    }

    @Override
    public boolean float32() {
      return float32;
    }

    @Override
    public VectorCode operand(int index) {
      code.visitVarInsn(Opcodes.ALOAD, Objects.requireNonNull(locals.get(node.operand(index))));
      return this;
    }

    @Override
    public VectorCode constant(double value) {
      VectorWriter.this.constant(value);
      return this;
    }

    @Override
    public VectorCode unary(String method) {
      return call(type, method, "()" + vector);
    }

    @Override
    public VectorCode binary(String method) {
      return call(type, method, "(" + ANY + ")" + vector);
    }

    @Override
    public VectorCode fma() {
      return call(type, "fma", "(" + ANY + ANY + ")" + vector);
    }

    @Override
    public VectorCode compare(int a, String comparison, int b) {
      operand(a);
      operator("Comparison", comparison);
      operand(b);
      comparison();
      return this;
    }

    @Override
    public VectorCode mask(String method, int masks) {
      return call(MASK_TYPE, method, "(" + (masks == 1 ? "" : MASK) + ")" + MASK);
    }

    @Override
    public VectorCode blend() {
      VectorWriter.this.blend();
      return this;
    }

    @Override
    public VectorCode toBits() {
      return call(type, float32 ? "reinterpretAsInts" : "reinterpretAsLongs", "()" + bits);
    }

    @Override
    public VectorCode fromBits() {
      return call(
          bitsType, float32 ? "reinterpretAsFloats" : "reinterpretAsDoubles", "()" + vector);
    }

    @Override
    public VectorCode bits(String method, long constant) {
      if (float32) {
        code.visitLdcInsn((int) constant);
        return call(bitsType, method, "(I)" + bits);
      }
      code.visitLdcInsn(constant);
      return call(bitsType, method, "(J)" + bits);
    }

    @Override
    public VectorCode subtractBits() {
      return call(bitsType, "sub", "(" + ANY + ")" + bits);
    }

    @Override
    public VectorCode shift(String direction, int by) {
      operator("Binary", direction);
      if (float32) {
        code.visitLdcInsn(by);
      } else {
        code.visitLdcInsn((long) by);
      }
      return call(
          bitsType,
          "lanewise",
          "(L" + OPERATORS + "$Binary;" + (float32 ? Type.INT_TYPE : Type.LONG_TYPE) + ")" + bits);
    }

    private VectorCode call(String owner, String method, String descriptor) {
      code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, method, descriptor, false);
      return this;
    }
  }
}
