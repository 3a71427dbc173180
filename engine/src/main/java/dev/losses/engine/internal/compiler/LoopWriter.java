package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.graph.Span;
import dev.losses.engine.internal.kernel.Block;
import java.util.ArrayList;
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

/** Writes one loop as the body of a method {@code (Tile tile, int from, int to, int row)}. */
final class LoopWriter {
  private static final String TILE = Tile.class.getName().replace('.', '/');
  private static final int TILE_LOCAL = 0;
  private static final int FROM = 1;
  private static final int TO = 2;
  private static final int ROW = 3;

  private final Plan plan;
  private final Loop loop;
  private final Lanes lanes;
  private final MethodVisitor code;
  private final VectorWriter vectors;
  private final boolean sideBySide;
  private final Map<Integer, Integer> arrays = new HashMap<>();
  private final Map<Integer, Integer> offsets = new HashMap<>();
  private final Map<Node, Integer> hoisted = new LinkedHashMap<>();
  private int nextLocal = ROW + 1;

  LoopWriter(Plan plan, Loop loop, Lanes lanes, MethodVisitor code) {
    this.plan = plan;
    this.loop = loop;
    this.lanes = lanes;
    this.code = code;
    this.vectors = new VectorWriter(code, lanes);
    this.sideBySide = plan.walk() == Walk.SHORT_ROWS && !loop.overRows();
  }

  void write() {
    openSlots();
    hoistUniforms();
    if (sideBySide) {
      writeSideBySide();
    } else {
      hoistRowValues();
      writeAlong();
    }
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
  }

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

  /** In a loop along a row, the row's values are the same throughout. */
  private void hoistRowValues() {
    for (Node node : externals()) {
      if (node.span() == Span.ROW && !loop.overRows()) {
        vectors.species();
        pushElement(slot(node), ROW);
        vectors.number();
        vectors.broadcast();
        hoisted.put(node, storedNew(Opcodes.ASTORE));
      }
    }
  }

  // The loops

  /** Lanes lie along the loop; each block has accumulators of its own. */
  private void writeAlong() {
    if (!loop.accumulates()) {
      writeSweep(FROM, TO, 1, lanes.vector(), FROM);
      return;
    }
    int block = nextLocal++;
    int end = nextLocal++;
    int at = nextLocal++;
    code.visitVarInsn(Opcodes.ILOAD, FROM);
    code.visitVarInsn(Opcodes.ISTORE, block);
    push(0);
    code.visitVarInsn(Opcodes.ISTORE, at);
    Label nextBlock = new Label();
    code.visitLabel(nextBlock);
    code.visitVarInsn(Opcodes.ILOAD, block);
    push(Block.SIZE);
    code.visitInsn(Opcodes.IADD);
    code.visitVarInsn(Opcodes.ILOAD, TO);
    code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "min", "(II)I", false);
    code.visitVarInsn(Opcodes.ISTORE, end);
    writeGroups(block, end, at);
    code.visitIincInsn(block, Block.SIZE);
    code.visitIincInsn(at, lanes.group());
    code.visitVarInsn(Opcodes.ILOAD, block);
    code.visitVarInsn(Opcodes.ILOAD, TO);
    code.visitJumpInsn(Opcodes.IF_ICMPLT, nextBlock);
  }

  /** A group of lanes is several registers; as many of them as fit in one method go in one sweep over the block. */
  private void writeGroups(int from, int to, int at) {
    int registers = copies();
    if (registers * lanes.vector() == lanes.group()) {
      writeSweep(from, to, registers, lanes.group(), at);
      return;
    }
    int first = nextLocal++;
    int firstAt = nextLocal++;
    int shift = nextLocal++;
    push(0);
    code.visitVarInsn(Opcodes.ISTORE, shift);
    Label nextSweep = new Label();
    code.visitLabel(nextSweep);
    pushSum(from, shift);
    code.visitVarInsn(Opcodes.ISTORE, first);
    pushSum(at, shift);
    code.visitVarInsn(Opcodes.ISTORE, firstAt);
    writeSweep(first, to, registers, lanes.group(), firstAt);
    code.visitIincInsn(shift, registers * lanes.vector());
    code.visitVarInsn(Opcodes.ILOAD, shift);
    push(lanes.group());
    code.visitJumpInsn(Opcodes.IF_ICMPLT, nextSweep);
  }

  /** Goes from index to index, some registers at each step; accumulators go to the lanes from {@code at}. */
  private void writeSweep(int from, int to, int registers, int step, int at) {
    List<Map<Integer, Integer>> accumulators = new ArrayList<>();
    for (int i = 0; i < registers; i++) {
      accumulators.add(openAccumulators());
    }
    int index = nextLocal++;
    code.visitVarInsn(Opcodes.ILOAD, from);
    code.visitVarInsn(Opcodes.ISTORE, index);
    writeCounted(index, () -> code.visitVarInsn(Opcodes.ILOAD, to), () -> {
      for (int i = 0; i < registers; i++) {
        int shift = i * lanes.vector();
        writeBody(accumulators.get(i), slot -> pushIndex(slot, index, shift));
      }
      code.visitIincInsn(index, step);
    });
    for (int i = 0; i < registers; i++) {
      int shift = i * lanes.vector();
      accumulators.get(i).forEach((accumulator, local) -> {
        code.visitVarInsn(Opcodes.ALOAD, local);
        pushLanes();
        code.visitVarInsn(Opcodes.ILOAD, at);
        push(accumulator * plan.groups() * lanes.group() + shift);
        code.visitInsn(Opcodes.IADD);
        vectors.store();
      });
    }
  }

  /** Lanes are rows: for each register of rows, column after column. */
  private void writeSideBySide() {
    Map<Integer, Integer> accumulators = openAccumulators();
    int rows = nextLocal++;
    code.visitVarInsn(Opcodes.ILOAD, FROM);
    code.visitVarInsn(Opcodes.ISTORE, rows);
    int column = nextLocal++;
    int index = nextLocal++;
    writeCounted(rows, () -> code.visitVarInsn(Opcodes.ILOAD, TO), () -> {
      Map<Node, Integer> outside = Map.copyOf(hoisted);
      for (Node node : externals()) {
        if (node.span() == Span.ROW) {
          vectors.species();
          pushElement(slot(node), rows);
          vectors.load();
          hoisted.put(node, storedNew(Opcodes.ASTORE));
        }
      }
      Map<Loop.RowTotal, Integer> totals = new LinkedHashMap<>();
      for (Loop.Result result : loop.results()) {
        if (result instanceof Loop.RowTotal total) {
          vectors.constant(initial(total.operation()));
          totals.put(total, storedNew(Opcodes.ASTORE));
        }
      }
      push(0);
      code.visitVarInsn(Opcodes.ISTORE, column);
      code.visitVarInsn(Opcodes.ILOAD, rows);
      code.visitVarInsn(Opcodes.ISTORE, index);
      writeCounted(column, () -> pushField("columns"), () -> {
        Map<Node, Integer> values = writeBody(accumulators, slot -> {
          boolean ofClass = plan.slots().get(slot).is(Slot.Memory.OF_A_ROW);
          pushIndex(slot, ofClass ? column : index, 0);
        });
        totals.forEach(
            (total, local) -> accumulate(total.operation(), local, total.node(), values));
        code.visitVarInsn(Opcodes.ILOAD, index);
        pushField("stride");
        code.visitInsn(Opcodes.IADD);
        code.visitVarInsn(Opcodes.ISTORE, index);
        code.visitIincInsn(column, 1);
      });
      totals.forEach((total, local) -> {
        code.visitVarInsn(Opcodes.ALOAD, local);
        pushElement(total.slot(), rows);
        vectors.store();
      });
      hoisted.clear();
      hoisted.putAll(outside);
      code.visitIincInsn(rows, lanes.vector());
    });
    accumulators.forEach((accumulator, local) -> {
      code.visitVarInsn(Opcodes.ALOAD, local);
      pushLanes();
      push(accumulator * plan.groups() * lanes.group());
      vectors.store();
    });
  }

  /** {@code while (index < limit) body}. */
  private void writeCounted(int index, Runnable limit, Runnable body) {
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

  /** How many registers of a group one round of the loop computes. */
  private int copies() {
    int work = 0;
    for (Node node : loop.nodes()) {
      work += Planner.cost(node);
    }
    int copies = lanes.group() / lanes.vector();
    while (copies > 1 && copies * work > Planner.LARGEST_ROUND) {
      copies /= 2;
    }
    return copies;
  }

  // One round

  /** Where a slot is read or written in this round: pushes array and index. */
  private interface Place {
    void push(int slot);
  }

  private Map<Node, Integer> writeBody(Map<Integer, Integer> accumulators, Place place) {
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
      if (sideBySide && node.span() == Span.CLASS && node.operation() instanceof Leaf) {
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
        int accumulator = Objects.requireNonNull(accumulators.get(violation.accumulator()));
        code.visitVarInsn(Opcodes.ALOAD, accumulator);
        vectors.constant(1);
        code.visitVarInsn(Opcodes.ALOAD, value);
        vectors.blend();
        code.visitVarInsn(Opcodes.ASTORE, accumulator);
      }
    }
    // The next copy of the body uses the same local variables again.
    nextLocal = firstLocal;
    return values;
  }

  private void accumulate(
      RowOperation operation, int accumulator, Node node, Map<Node, Integer> values) {
    code.visitVarInsn(Opcodes.ALOAD, accumulator);
    code.visitVarInsn(Opcodes.ALOAD, Objects.requireNonNull(values.get(node)));
    vectors.binary(operation == RowOperation.SUM ? "add" : "max");
    code.visitVarInsn(Opcodes.ASTORE, accumulator);
  }

  private Map<Integer, Integer> openAccumulators() {
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
  private List<Node> externals() {
    TreeSet<Node> externals = new TreeSet<>(Comparator.comparingInt(Node::id));
    loop.nodes().forEach(node -> externals.addAll(node.operands()));
    loop.results().forEach(result -> externals.add(result.node()));
    loop.nodes().forEach(externals::remove);
    return List.copyOf(externals);
  }

  private int slot(Node node) {
    return Objects.requireNonNull(loop.memory().get(node));
  }

  private void pushIndex(int slot, int index, int shift) {
    pushElement(slot, index);
    if (shift != 0) {
      push(shift);
      code.visitInsn(Opcodes.IADD);
    }
  }

  /** Pushes a slot's array, and the index in it of an index of the loop. */
  private void pushElement(int slot, int index) {
    code.visitVarInsn(Opcodes.ALOAD, Objects.requireNonNull(arrays.get(slot)));
    code.visitVarInsn(Opcodes.ILOAD, Objects.requireNonNull(offsets.get(slot)));
    code.visitVarInsn(Opcodes.ILOAD, index);
    code.visitInsn(Opcodes.IADD);
  }

  private void pushLanes() {
    code.visitVarInsn(Opcodes.ALOAD, TILE_LOCAL);
    code.visitFieldInsn(Opcodes.GETFIELD, TILE, "lanes", "Ljava/lang/Object;");
    code.visitTypeInsn(Opcodes.CHECKCAST, vectors.arrayType());
  }

  private void pushSum(int a, int b) {
    code.visitVarInsn(Opcodes.ILOAD, a);
    code.visitVarInsn(Opcodes.ILOAD, b);
    code.visitInsn(Opcodes.IADD);
  }

  private void pushField(String name) {
    code.visitVarInsn(Opcodes.ALOAD, TILE_LOCAL);
    code.visitFieldInsn(Opcodes.GETFIELD, TILE, name, "I");
  }

  private void push(int value) {
    code.visitLdcInsn(value);
  }

  private int storedNew(int instruction) {
    code.visitVarInsn(instruction, nextLocal);
    return nextLocal++;
  }
}
