package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.graph.Span;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes one loop as the body of a method {@code (Tile tile, int from, int to, int row)}: what goes before the loop, and
 * one round of it. How rounds follow one another is for subclasses to say.
 */
abstract class LoopWriter {
  private static final String TILE = Tile.class.getName().replace('.', '/');
  private static final int TILE_LOCAL = 0;
  static final int FROM = 1;
  static final int TO = 2;
  static final int ROW = 3;

  final Plan plan;
  final Loop loop;
  final Lanes lanes;
  final MethodVisitor code;
  final VectorWriter vectors;
  private final Map<Integer, Integer> arrays = new HashMap<>();
  private final Map<Integer, Integer> offsets = new HashMap<>();
  final Map<Node, Integer> hoisted = new LinkedHashMap<>();
  private int nextLocal = ROW + 1;

  LoopWriter(Plan plan, Loop loop, Lanes lanes, MethodVisitor code) {
    this.plan = plan;
    this.loop = loop;
    this.lanes = lanes;
    this.code = code;
    this.vectors = new VectorWriter(code, lanes);
  }

  static LoopWriter of(Plan plan, Loop loop, Lanes lanes, MethodVisitor code) {
    return plan.walk() == Walk.SHORT_ROWS && !loop.overRows()
        ? new SideBySideWriter(plan, loop, lanes, code)
        : new AlongWriter(plan, loop, lanes, code);
  }

  final void write() {
    openSlots();
    hoistUniforms();
    writeRounds();
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
  }

  /** Writes the loop around the rounds, and what is left after it. */
  abstract void writeRounds();

  /** Whether a round sees only one number of these values, the same in every lane. */
  abstract boolean isOneNumber(Node node);

  // What is the same throughout the loop

  private void openSlots() {
    TreeSet<Integer> slots = new TreeSet<>(loop.memory().values());
    for (Loop.Result result : loop.results()) {
      if (result instanceof Loop.Store store) {
        slots.add(store.slot());
      } else if (result instanceof Loop.RowTotal total) {
        slots.add(total.slot());
      }
    }
    for (int slot : slots) {
      code.visitVarInsn(Opcodes.ALOAD, TILE_LOCAL);
      code.visitFieldInsn(Opcodes.GETFIELD, TILE, "arrays", "[Ljava/lang/Object;");
      code.visitLdcInsn(slot);
      code.visitInsn(Opcodes.AALOAD);
      code.visitTypeInsn(Opcodes.CHECKCAST, vectors.arrayType());
      arrays.put(slot, storedNew(Opcodes.ASTORE));
      code.visitVarInsn(Opcodes.ALOAD, TILE_LOCAL);
      code.visitFieldInsn(Opcodes.GETFIELD, TILE, "offsets", "[I");
      code.visitLdcInsn(slot);
      code.visitInsn(Opcodes.IALOAD);
      offsets.put(slot, storedNew(Opcodes.ISTORE));
    }
  }

  private void hoistUniforms() {
    for (Node node : externals()) {
      if (node.span() != Span.UNIFORM) {
        continue;
      }
      if (node.operation() == Leaf.CONSTANT) {
        vectors.constant(node.constant());
      } else {
        vectors.species();
        code.visitVarInsn(Opcodes.ALOAD, TILE_LOCAL);
        code.visitFieldInsn(Opcodes.GETFIELD, TILE, "uniforms", "Ljava/lang/Object;");
        code.visitTypeInsn(Opcodes.CHECKCAST, vectors.arrayType());
        code.visitLdcInsn(plan.uniform().indexOf(node));
        vectors.number();
        vectors.broadcast();
      }
      hoisted.put(node, storedNew(Opcodes.ASTORE));
    }
  }

  /** {@code while (index < limit) body}. */
  final void writeCounted(int index, Runnable limit, Runnable body) {
    Label again = new Label();
    Label end = new Label();
    code.visitLabel(again);
    code.visitVarInsn(Opcodes.ILOAD, index);
    limit.run();
    code.visitJumpInsn(Opcodes.IF_ICMPGE, end);
    body.run();
    code.visitJumpInsn(Opcodes.GOTO, again);
    code.visitLabel(end);
  }

  // One round

  /** Where a slot is read or written in this round: pushes array and index. */
  interface Place {
    void push(int slot);
  }

  final Map<Node, Integer> writeBody(Map<Integer, Integer> accumulators, Place place) {
    int firstLocal = nextLocal;
    Map<Node, Integer> values = new HashMap<>();
    for (Node node : externals()) {
      if (hoisted.containsKey(node)) {
        int local = Objects.requireNonNull(hoisted.get(node));
        if (node.isTruth()) {
          code.visitVarInsn(Opcodes.ALOAD, local);
          vectors.toMask();
          local = storedNew(Opcodes.ASTORE);
        }
        values.put(node, local);
        continue;
      }
      vectors.species();
      place.push(slot(node));
      if (isOneNumber(node)) {
        vectors.number();
        vectors.broadcast();
      } else {
        vectors.load();
      }
      if (node.isTruth()) {
        vectors.toMask();
      }
      values.put(node, storedNew(Opcodes.ASTORE));
    }
    for (Node node : loop.nodes()) {
      vectors.compute(node, values);
      values.put(node, storedNew(Opcodes.ASTORE));
    }
    for (Loop.Result result : loop.results()) {
      int value = Objects.requireNonNull(values.get(result.node()));
      if (result instanceof Loop.Store store) {
        if (result.node().isTruth()) {
          vectors.fromMask(value);
        } else {
          code.visitVarInsn(Opcodes.ALOAD, value);
        }
        place.push(store.slot());
        vectors.store();
      } else if (result instanceof Loop.Total total) {
        int accumulator = Objects.requireNonNull(accumulators.get(total.accumulator()));
        accumulate(total.operation(), accumulator, total.node(), values);
      } else if (result instanceof Loop.Violation violation) {
        vectors.fromMask(value);
        addTo(Objects.requireNonNull(accumulators.get(violation.accumulator())), RowOperation.SUM);
      }
    }
    // The next copy of the body uses the same local variables again.
    nextLocal = firstLocal;
    return values;
  }

  final void accumulate(
      RowOperation operation, int accumulator, Node node, Map<Node, Integer> values) {
    code.visitVarInsn(Opcodes.ALOAD, Objects.requireNonNull(values.get(node)));
    addTo(accumulator, operation);
  }

  /**
   * Combines the vector on the stack with an accumulator. C2 knows the class of what was just computed but not that of a
   * variable of a loop; a method of the latter it may leave uncompiled.
   */
  private void addTo(int accumulator, RowOperation operation) {
    code.visitVarInsn(Opcodes.ALOAD, accumulator);
    vectors.binary(operation == RowOperation.SUM ? "add" : "max");
    code.visitVarInsn(Opcodes.ASTORE, accumulator);
  }

  /** Pushes an accumulator as something that was just computed, for the same reason. */
  final void pushAccumulator(int accumulator) {
    vectors.constant(-0.0);
    code.visitVarInsn(Opcodes.ALOAD, accumulator);
    vectors.binary("add");
  }

  final Map<Integer, Integer> openAccumulators() {
    Map<Integer, Integer> accumulators = new LinkedHashMap<>();
    for (Loop.Result result : loop.results()) {
      if (result instanceof Loop.Total total) {
        vectors.constant(initial(total.operation()));
        accumulators.put(total.accumulator(), storedNew(Opcodes.ASTORE));
      } else if (result instanceof Loop.Violation violation
          && !accumulators.containsKey(violation.accumulator())) {
        vectors.constant(0);
        accumulators.put(violation.accumulator(), storedNew(Opcodes.ASTORE));
      }
    }
    return accumulators;
  }

  static double initial(RowOperation operation) {
    return operation == RowOperation.SUM ? 0 : Double.NEGATIVE_INFINITY;
  }

  // Small things

  /** What the loop needs but does not compute, in a fixed order. */
  final List<Node> externals() {
    TreeSet<Node> externals = new TreeSet<>(Comparator.comparingInt(Node::id));
    loop.nodes().forEach(node -> externals.addAll(node.operands()));
    loop.results().forEach(result -> externals.add(result.node()));
    loop.nodes().forEach(externals::remove);
    return List.copyOf(externals);
  }

  final int slot(Node node) {
    return Objects.requireNonNull(loop.memory().get(node));
  }

  final void pushIndex(int slot, int index, int shift) {
    pushElement(slot, index);
    if (shift != 0) {
      push(shift);
      code.visitInsn(Opcodes.IADD);
    }
  }

  /** Pushes a slot's array, and the index in it of an index of the loop. */
  final void pushElement(int slot, int index) {
    code.visitVarInsn(Opcodes.ALOAD, Objects.requireNonNull(arrays.get(slot)));
    code.visitVarInsn(Opcodes.ILOAD, Objects.requireNonNull(offsets.get(slot)));
    code.visitVarInsn(Opcodes.ILOAD, index);
    code.visitInsn(Opcodes.IADD);
  }

  final void pushLanes() {
    code.visitVarInsn(Opcodes.ALOAD, TILE_LOCAL);
    code.visitFieldInsn(Opcodes.GETFIELD, TILE, "lanes", "Ljava/lang/Object;");
    code.visitTypeInsn(Opcodes.CHECKCAST, vectors.arrayType());
  }

  final void pushField(String name) {
    code.visitVarInsn(Opcodes.ALOAD, TILE_LOCAL);
    code.visitFieldInsn(Opcodes.GETFIELD, TILE, name, "I");
  }

  final void push(int value) {
    code.visitLdcInsn(value);
  }

  /** Stores what is on the stack in a new local variable. */
  final int storedNew(int instruction) {
    int local = newLocal();
    code.visitVarInsn(instruction, local);
    return local;
  }

  final int newLocal() {
    return nextLocal++;
  }
}
