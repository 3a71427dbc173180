package dev.losses.engine.internal.kernel;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.graph.Primitive;
import java.util.Arrays;

/** One loop of the interpreter over the values of a block. Registers are named by their index. */
sealed interface Step {

  void run(Frame frame);

  /** A primitive over rows or elements. */
  record Compute(Primitive primitive, int out, int a, int b, int c, Lengths lengths)
      implements Step {
    @Override
    public void run(Frame frame) {
      double[][] r = frame.registers;
      primitive.apply(frame.float32, r[out], r[a], r[b], r[c], lengths.of(frame));
    }
  }

  /** An input, widened to double. */
  record Load(int input, int out, Lengths lengths) implements Step {
    @Override
    public void run(Frame frame) {
      double[] to = frame.registers[out];
      int from = lengths == Lengths.ROWS ? frame.block.first : frame.firstElement;
      int length = lengths.of(frame);
      if (frame.arguments.inputs().get(input) instanceof float[] floats) {
        for (int i = 0; i < length; i++) {
          to[i] = floats[from + i];
        }
      } else {
        System.arraycopy(frame.arguments.inputs().get(input), from, to, 0, length);
      }
    }
  }

  /** What the block tells of each position. */
  record OfBlock(Leaf leaf, int out, Lengths lengths) implements Step {
    @Override
    public void run(Frame frame) {
      System.arraycopy(frame.block.values(leaf), 0, frame.registers[out], 0, lengths.of(frame));
    }
  }

  /** A row's value, repeated over the columns at hand. */
  record Spread(int row, int out) implements Step {
    @Override
    public void run(Frame frame) {
      int width = frame.elements / frame.rows;
      for (int i = 0; i < frame.rows; i++) {
        double value = frame.registers[row][frame.firstRow + i];
        Arrays.fill(frame.registers[out], i * width, (i + 1) * width, value);
      }
    }
  }

  /** The position along the last axis. */
  record ClassIndex(int out) implements Step {
    @Override
    public void run(Frame frame) {
      int width = frame.elements / frame.rows;
      for (int i = 0; i < frame.elements; i++) {
        frame.registers[out][i] = frame.rounded(frame.firstColumn + i % width);
      }
    }
  }

  /** A constant along the last axis. */
  record ClassValues(int index, int out) implements Step {
    @Override
    public void run(Frame frame) {
      double[] values = frame.arguments.classValues().get(index);
      int width = frame.elements / frame.rows;
      for (int i = 0; i < frame.elements; i++) {
        int column = frame.firstColumn + i % width;
        frame.registers[out][i] = frame.rounded(values[values.length == 1 ? 0 : column]);
      }
    }
  }

  /** The element at an index of each row, 0 where there is none. */
  record Gather(Leaf leaf, int source, int index, int out) implements Step {
    @Override
    public void run(Frame frame) {
      int columns = frame.arguments.columns();
      for (int i = 0; i < frame.rows; i++) {
        double column = frame.registers[index][i];
        boolean inRow = column >= 0 && column < columns && column == Math.rint(column);
        frame.registers[out][i] = inRow ? value(frame, i, (int) column, columns) : 0;
      }
    }

    private double value(Frame frame, int row, int column, int columns) {
      if (leaf == Leaf.CLASS_VALUES) {
        double[] values = frame.arguments.classValues().get(source);
        return frame.rounded(values[values.length == 1 ? 0 : column]);
      }
      int position = (frame.block.first + row) * columns + column;
      Object input = frame.arguments.inputs().get(source);
      return input instanceof float[] floats ? floats[position] : ((double[]) input)[position];
    }
  }

  /** How many values a loop goes over. */
  enum Lengths {
    ROWS {
      @Override
      int of(Frame frame) {
        return frame.rows;
      }
    },
    ELEMENTS {
      @Override
      int of(Frame frame) {
        return frame.elements;
      }
    };

    abstract int of(Frame frame);
  }
}
