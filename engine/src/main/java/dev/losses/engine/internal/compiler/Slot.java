package dev.losses.engine.internal.compiler;

/** An array that loops read or write. */
record Slot(Kind kind, int index) {

  enum Kind {
    /** An input with a value per element. */
    INPUT(Memory.CALLERS),
    /** The gradient of such an input. */
    GRADIENT(Memory.CALLERS),
    /** The weighted losses of elements. */
    LOSSES(Memory.CALLERS),
    /** The position along the last axis. */
    CLASS_INDEX(Memory.OF_A_ROW),
    /** Constants along the last axis. */
    CLASS_VALUES(Memory.OF_A_ROW),
    /** Values per element that one loop leaves to the next. */
    ELEMENTS(Memory.OF_A_LOOP),
    /** Values per element that one pass leaves to a later one. */
    KEPT(Memory.OF_A_BLOCK),
    /** An input with a value per row. */
    ROW_INPUT(Memory.OF_POSITIONS),
    /** The gradient of such an input. */
    ROW_GRADIENT(Memory.OF_POSITIONS),
    /** The weighted losses of rows. */
    ROW_LOSSES(Memory.OF_POSITIONS),
    WEIGHT(Memory.OF_POSITIONS),
    PRESENCE(Memory.OF_POSITIONS),
    SEED(Memory.OF_POSITIONS),
    /** Any other value per row. */
    ROWS(Memory.OF_POSITIONS);

    private final Memory memory;

    Kind(Memory memory) {
      this.memory = memory;
    }

    Memory memory() {
      return memory;
    }
  }

  /** Whose memory it is, and what one index of it stands for. */
  enum Memory {
    /** The caller's; a block is a part of it. */
    CALLERS,
    /** A value per column, the same for every row. */
    OF_A_ROW,
    /** A value per element of the loop at hand. */
    OF_A_LOOP,
    /** A value per element of the block's rows. */
    OF_A_BLOCK,
    /** A value per position of the block. */
    OF_POSITIONS
  }

  boolean is(Memory memory) {
    return kind.memory() == memory;
  }
}
