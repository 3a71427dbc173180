package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lanes are rows: for each register of rows, column after column. */
final class SideBySideWriter extends LoopWriter {
  SideBySideWriter(Plan plan, Loop loop, Lanes lanes, MethodVisitor code) {
    super(plan, loop, lanes, code);
  }

  @Override
  boolean isOneNumber(Node node) {
    return node.span() == Span.CLASS && node.operation() instanceof Leaf;
  }

  @Override
  void writeRounds() {
    openAccumulators().forEach((accumulator, local) -> {
      pushAccumulator(local);
      pushLanesOf(accumulator);
      vectors.store();
    });
    int rows = newLocal();
    code.visitVarInsn(Opcodes.ILOAD, FROM);
    code.visitVarInsn(Opcodes.ISTORE, rows);
    int column = newLocal();
    int index = newLocal();
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
      // Held in memory between registers: C2 boxes vectors that are carried through two loops.
      Map<Integer, Integer> accumulators = openAccumulators();
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
        pushAccumulator(local);
        pushElement(total.slot(), rows);
        vectors.store();
      });
      // They tell of violations alone, for what is added up along short rows has totals of its own.
      accumulators.forEach((accumulator, local) -> {
        vectors.species();
        pushLanesOf(accumulator);
        vectors.load();
        code.visitVarInsn(Opcodes.ALOAD, local);
        vectors.binary("max");
        pushLanesOf(accumulator);
        vectors.store();
      });
      hoisted.clear();
      hoisted.putAll(outside);
      code.visitIincInsn(rows, lanes.vector());
    });
  }

  private void pushLanesOf(int accumulator) {
    pushLanes();
    push(accumulator * plan.groups() * lanes.group());
  }
}
