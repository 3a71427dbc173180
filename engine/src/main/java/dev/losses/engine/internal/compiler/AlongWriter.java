package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.Span;
import dev.losses.engine.internal.kernel.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lanes lie along the loop; each block has accumulators of its own. */
final class AlongWriter extends LoopWriter {
  AlongWriter(Plan plan, Loop loop, Lanes lanes, MethodVisitor code) {
    super(plan, loop, lanes, code);
  }

  @Override
  boolean isOneNumber(Node node) {
    return false;
  }

  @Override
  void writeRounds() {
    hoistRowValues();
    if (!loop.accumulates()) {
      writeSweep(FROM, TO, 1, lanes.vector(), FROM);
      return;
    }
    int block = newLocal();
    int end = newLocal();
    int at = newLocal();
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
    int first = newLocal();
    int firstAt = newLocal();
    int shift = newLocal();
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
    int index = newLocal();
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
        pushAccumulator(local);
        pushLanes();
        code.visitVarInsn(Opcodes.ILOAD, at);
        push(accumulator * plan.groups() * lanes.group() + shift);
        code.visitInsn(Opcodes.IADD);
        vectors.store();
      });
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

  private void pushSum(int a, int b) {
    code.visitVarInsn(Opcodes.ILOAD, a);
    code.visitVarInsn(Opcodes.ILOAD, b);
    code.visitInsn(Opcodes.IADD);
  }
}
