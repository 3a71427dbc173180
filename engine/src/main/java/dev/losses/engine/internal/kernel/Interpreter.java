package dev.losses.engine.internal.kernel;

import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.graph.Span;
import dev.losses.spi.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes a graph one operation after the other, each in a loop over a block. The reference that every other kernel
 * must equal bit for bit, and the one that works everywhere.
 */
public final class Interpreter implements Kernel {
  private final DType dtype;
  private final boolean byRow;
  private final Schedule schedule;
  private final List<Assembly.Pass> passes = new ArrayList<>();
  private final Assembly assembly;
  private final List<Integer> sums;
  private final Map<Integer, Integer> rowGradients = new LinkedHashMap<>();
  private final List<Integer> rowViolations = new ArrayList<>();

  /** An interpreter of the graph. */
  public Interpreter(LossGraph graph, DType dtype) {
    this.dtype = dtype;
    this.byRow = graph.byRow();
    this.schedule = Schedule.of(graph);
    this.assembly = new Assembly(schedule.uniform());
    List<Integer> ofElements = List.of();
    for (Schedule.Stage stage : schedule.stages()) {
      Assembly.Pass pass = assembly.pass(stage);
      passes.add(pass);
      ofElements = stage.sums().stream()
          .map(node -> assembly.element(node, pass.during()))
          .toList();
      assembly.release();
    }
    this.sums = byRow ? graph.sums().stream().map(assembly::row).toList() : ofElements;
    graph.rowGradients().forEach((input, node) -> rowGradients.put(input, assembly.row(node)));
    graph.violations().stream()
        .filter(node -> node.span() == Span.ROW)
        .forEach(node -> rowViolations.add(assembly.row(node)));
  }

  @Override
  public Run start(Arguments arguments) {
    return new InterpreterRun(arguments);
  }

  @Override
  public KernelStatus status() {
    return new KernelStatus(Tier.INTERPRETED, "it is always interpreted");
  }

  private final class InterpreterRun implements Run {
    private final Frame frame;
    private final Sums adder = new Sums(dtype == DType.FLOAT32);

    InterpreterRun(Arguments arguments) {
      int capacity = Math.min(Block.SIZE, largest(arguments));
      double[][] registers = new double[assembly.registers().size()][];
      for (int i = 0; i < registers.length; i++) {
        registers[i] = new double[capacity];
      }
      this.frame = new Frame(dtype == DType.FLOAT32, arguments, registers);
      Uniforms uniforms = new Uniforms(schedule.uniform(), dtype);
      uniforms.compute(arguments);
      assembly
          .filled()
          .forEach((register, value) -> Arrays.fill(registers[register], uniforms.get(value)));
    }

    private int largest(Arguments arguments) {
      return arguments.inputs().stream()
          .mapToInt(java.lang.reflect.Array::getLength)
          .max()
          .orElse(1);
    }

    @Override
    public void compute(Block block) {
      frame.block = block;
      Arrays.fill(block.sums, 0);
      if (byRow) {
        int columns = frame.arguments.columns();
        passes.forEach(pass -> passOverRows(pass, block, columns));
        rowViolations.forEach(register -> look(register, block.count));
        rowGradients.forEach(
            (input, register) -> store(gradient(input), register, block.first, block.count));
        addUp(block, block.first, block.count);
      } else {
        for (int done = 0; done < block.count; done += Block.SIZE) {
          int length = Math.min(Block.SIZE, block.count - done);
          passOverElements(block.first + done, length);
          addUp(block, block.first + done, length);
        }
      }
    }

    private void passOverElements(int first, int length) {
      Assembly.Pass pass = passes.get(0);
      frame.firstElement = first;
      frame.elements = length;
      pass.during().forEach(step -> step.run(frame));
      finish(pass);
    }

    private void passOverRows(Assembly.Pass pass, Block block, int columns) {
      frame.moveTo(0, block.count);
      pass.before().forEach(step -> step.run(frame));
      pass.reductions()
          .forEach((row, reduction) -> Arrays.fill(
              frame.registers[row],
              0,
              block.count,
              reduction.operation() == RowOperation.SUM ? 0 : Double.NEGATIVE_INFINITY));
      int together = Math.max(1, Block.SIZE / columns);
      for (int row = 0; row < block.count; row += together) {
        frame.moveTo(row, Math.min(together, block.count - row));
        passOverColumns(pass, columns);
      }
      pass.reductions().keySet().forEach(row -> roundRow(row, block.count));
    }

    /** Goes over the rows the frame is at: several where they fit in the registers together, else a part at a time. */
    private void passOverColumns(Assembly.Pass pass, int columns) {
      for (long start = 0; start < columns; start += Block.SIZE) {
        int column = (int) start;
        int width = Math.min(columns - column, Block.SIZE);
        frame.firstColumn = column;
        frame.firstElement = (frame.block.first + frame.firstRow) * columns + column;
        frame.elements = frame.rows * width;
        pass.during().forEach(step -> step.run(frame));
        pass.reductions().forEach((row, reduction) -> reduce(row, reduction, width, columns));
        finish(pass);
      }
    }

    private void reduce(int row, Assembly.Reduction reduction, int width, int columns) {
      double[] results = frame.registers[row];
      double[] values = frame.registers[reduction.operand()];
      for (int i = 0; i < frame.rows; i++) {
        int from = i * width;
        int at = frame.firstRow + i;
        if (reduction.operation() == RowOperation.MAX) {
          for (int j = from; j < from + width; j++) {
            results[at] = Math.max(results[at], values[j]);
          }
        } else if (RowLength.of(columns) == RowLength.SHORT) {
          results[at] = adder.shortRow(values, from, width);
        } else {
          results[at] += adder.block(values, from, width);
        }
      }
    }

    private void roundRow(int row, int rows) {
      for (int i = 0; i < rows; i++) {
        frame.registers[row][i] = frame.rounded(frame.registers[row][i]);
      }
    }

    /** Uses what the steps of a pass left in element registers. */
    private void finish(Assembly.Pass pass) {
      pass.violations().forEach(register -> look(register, frame.elements));
      pass.gradients()
          .forEach((input, register) ->
              store(gradient(input), register, frame.firstElement, frame.elements));
    }

    private @Nullable Object gradient(int input) {
      return frame.arguments.gradients().get(input);
    }

    private void look(int register, int length) {
      for (int i = 0; i < length; i++) {
        frame.block.violated |= frame.registers[register][i] != 0;
      }
    }

    private void addUp(Block block, int first, int length) {
      for (int i = 0; i < sums.size(); i++) {
        block.sums[i] += adder.block(frame.registers[sums.get(i)], 0, length);
      }
      store(frame.arguments.losses(), sums.get(0), first, length);
    }

    private void store(@Nullable Object target, int register, int at, int length) {
      double[] values = frame.registers[register];
      if (target instanceof float[] floats) {
        for (int i = 0; i < length; i++) {
          floats[at + i] = (float) values[i];
        }
      } else if (target != null) {
        System.arraycopy(values, 0, target, at, length);
      }
    }
  }
}
