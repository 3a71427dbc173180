package dev.losses.engine.internal.kernel;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.Primitive;
import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.graph.Span;
import dev.losses.engine.internal.kernel.Step.Lengths;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a schedule into the interpreter's steps. A register is used again as soon as its value is not needed. */
final class Assembly {
  private final List<Lengths> registers = new ArrayList<>();
  private final Map<Node, Integer> uniform = new HashMap<>();
  private final Map<Node, Integer> rows = new HashMap<>();
  private final Map<Node, Integer> spreadOverRows = new LinkedHashMap<>();
  private final Map<Node, Integer> spreadOverElements = new LinkedHashMap<>();
  private final Map<Node, Integer> elements = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private final Map<Node, Integer> uses = new HashMap<>();

  Assembly(List<Node> uniformNodes) {
    uniformNodes.forEach(node -> uniform.put(node, uniform.size()));
  }

  /** A pass over a row: what is computed before it and during it, and what it leaves. */
  record Pass(
      List<Step> before,
      List<Step> during,
      Map<Integer, Reduction> reductions,
      Map<Integer, Integer> gradients,
      List<Integer> violations) {}

  /** A row operation on an element register. */
  record Reduction(RowOperation operation, int operand) {}

  List<Lengths> registers() {
    return registers;
  }

  /** Registers that are filled once with a uniform value: to the value's position in the schedule. */
  Map<Integer, Integer> filled() {
    Map<Integer, Integer> filled = new LinkedHashMap<>();
    spreadOverRows.forEach((node, register) -> filled.put(register, uniform.get(node)));
    spreadOverElements.forEach((node, register) -> filled.put(register, uniform.get(node)));
    return filled;
  }

  Pass pass(Schedule.Stage stage) {
    List<Step> before = new ArrayList<>();
    stage.rows().forEach(node -> before.add(rowStep(node)));
    stage.reductions().forEach(node -> rows.put(node, newRegister(Lengths.ROWS)));

    elements.clear();
    uses.clear();
    stage.elements().forEach(node -> node.operands().forEach(this::use));
    // Values that outlive the pass's last step are never released.
    stage.reductions().forEach(node -> use(node.operand(0)));
    stage.gradients().values().forEach(this::use);
    stage.violations().forEach(this::use);
    stage.sums().forEach(this::use);
    List<Step> during = new ArrayList<>();
    stage.elements().forEach(node -> elementStep(node, during));
    Map<Integer, Reduction> reductions = new LinkedHashMap<>();
    for (Node node : stage.reductions()) {
      int operand = element(node.operand(0), during);
      reductions.put(row(node), new Reduction((RowOperation) node.operation(), operand));
    }
    Map<Integer, Integer> gradients = new LinkedHashMap<>();
    stage.gradients().forEach((input, node) -> gradients.put(input, element(node, during)));
    List<Integer> violations =
        stage.violations().stream().map(node -> element(node, during)).toList();
    return new Pass(before, during, reductions, gradients, violations);
  }

  /** Ends a pass: its registers may be used by the next. The losses of a loss by element are read before. */
  void release() {
    elements.values().forEach(register -> {
      if (!free.contains(register)) {
        free.push(register);
      }
    });
    elements.clear();
  }

  /** The register that holds the value for each row. */
  int row(Node node) {
    if (node.span() == Span.UNIFORM) {
      return spreadOverRows.computeIfAbsent(node, n -> newRegister(Lengths.ROWS));
    }
    return register(rows, node);
  }

  /** The register that holds the value for each element; a row's value is spread by a further step. */
  int element(Node node, List<Step> steps) {
    if (node.span() == Span.UNIFORM) {
      return spreadOverElements.computeIfAbsent(node, n -> newRegister(Lengths.ELEMENTS));
    }
    if (node.span() == Span.ROW && !elements.containsKey(node)) {
      int out = elementRegister();
      elements.put(node, out);
      steps.add(new Step.Spread(row(node), out));
    }
    return register(elements, node);
  }

  private Step rowStep(Node node) {
    int out = newRegister(Lengths.ROWS);
    rows.put(node, out);
    if (node.operation() instanceof Primitive primitive) {
      int[] in = node.operands().stream().mapToInt(this::row).toArray();
      return compute(primitive, out, in, Lengths.ROWS);
    }
    if (node.operation() == RowOperation.GATHER) {
      Node leaf = node.operand(0);
      return new Step.Gather((Leaf) leaf.operation(), leaf.index(), row(node.operand(1)), out);
    }
    return node.operation() == Leaf.INPUT
        ? new Step.Load(node.index(), out, Lengths.ROWS)
        : new Step.OfBlock((Leaf) node.operation(), out, Lengths.ROWS);
  }

  private void elementStep(Node node, List<Step> steps) {
    int[] in =
        node.operands().stream().mapToInt(operand -> element(operand, steps)).toArray();
    node.operands().forEach(this::used);
    int out = elementRegister();
    elements.put(node, out);
    if (node.operation() instanceof Primitive primitive) {
      steps.add(compute(primitive, out, in, Lengths.ELEMENTS));
      return;
    }
    steps.add(
        switch ((Leaf) node.operation()) {
          case INPUT -> new Step.Load(node.index(), out, Lengths.ELEMENTS);
          case SEED, WEIGHT, PRESENCE ->
            new Step.OfBlock((Leaf) node.operation(), out, Lengths.ELEMENTS);
          case CLASS_INDEX -> new Step.ClassIndex(out);
          case CLASS_VALUES -> new Step.ClassValues(node.index(), out);
          default -> throw new IllegalStateException(node + " is not per element");
        });
  }

  private static Step compute(Primitive primitive, int out, int[] in, Lengths lengths) {
    return new Step.Compute(
        primitive,
        out,
        in[0],
        in.length > 1 ? in[1] : in[0],
        in.length > 2 ? in[2] : in[0],
        lengths);
  }

  private void use(Node node) {
    uses.merge(node, 1, Integer::sum);
  }

  private void used(Node node) {
    boolean last = uses.merge(node, -1, Integer::sum) == 0;
    if (last && node.span() != Span.ROW && elements.containsKey(node)) {
      free.push(register(elements, node));
    }
  }

  private int elementRegister() {
    return free.isEmpty() ? newRegister(Lengths.ELEMENTS) : free.pop();
  }

  private int newRegister(Lengths lengths) {
    registers.add(lengths);
    return registers.size() - 1;
  }

  private static int register(Map<Node, Integer> registers, Node node) {
    @Nullable Integer register = registers.get(node);
    if (register == null) {
      throw new IllegalStateException(node + " is used before it is computed");
    }
    return register;
  }
}
