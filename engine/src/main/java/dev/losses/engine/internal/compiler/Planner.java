package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.Primitive;
import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.graph.Span;
import dev.losses.engine.internal.kernel.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a graph into loops small enough for the JIT compiler. A value that one loop computes and another needs goes
 * through memory, a block at a time, which stays in the first-level cache.
 */
final class Planner {
  /** Larger methods than this many vector operations C2 gives up on. */
  static final int LARGEST_LOOP = 200;

  /** As many registers go in one round as keep it below this. */
  static final int LARGEST_ROUND = 90;

  /** Writing a value and reading it again takes about as long as so many operations. */
  private static final int WORTH_KEEPING = 8;

  private final LossGraph graph;
  private final Walk walk;
  private final List<Slot> slots = new ArrayList<>();
  private final List<RowOperation> accumulators = new ArrayList<>();
  private final List<Draft> rowDrafts = new ArrayList<>();
  private final Map<Node, Integer> rowMemory = new HashMap<>();
  private final List<Loop> loops = new ArrayList<>();
  private final Map<Node, Integer> kept = new HashMap<>();
  private int rowValues;

  /** A loop in the making. */
  private static final class Draft {
    final boolean overRows;
    final List<Node> nodes = new ArrayList<>();
    final Set<Node> computed = new HashSet<>();
    final List<Loop.Result> results = new ArrayList<>();
    int cost;
    int violation = -1;

    Draft(boolean overRows) {
      this.overRows = overRows;
    }

    void add(Node node) {
      nodes.add(node);
      computed.add(node);
      cost += cost(node);
    }

    boolean isEmpty() {
      return nodes.isEmpty() && results.isEmpty();
    }

    /** What it needs but does not compute. */
    Set<Node> needs() {
      Set<Node> needs = new HashSet<>();
      nodes.forEach(node -> needs.addAll(node.operands()));
      results.forEach(result -> needs.add(result.node()));
      needs.removeAll(computed);
      return needs;
    }
  }

  private record DraftPass(List<Object> before, List<Draft> during, List<Plan.RowSum> sums) {}

  private Planner(LossGraph graph, Walk walk) {
    this.graph = graph;
    this.walk = walk;
  }

  static Plan plan(LossGraph graph, Walk walk) {
    return new Planner(graph, walk).plan();
  }

  private Plan plan() {
    Schedule schedule = Schedule.of(graph, walk.keeps() ? WORTH_KEEPING : Integer.MAX_VALUE);
    for (Schedule.Stage stage : schedule.stages()) {
      for (Node node : stage.kept()) {
        kept.computeIfAbsent(node, n -> slot(Slot.Kind.KEPT, kept.size()));
      }
    }
    List<Integer> sums = new ArrayList<>();
    List<DraftPass> drafts = new ArrayList<>();
    schedule.stages().forEach(stage -> drafts.add(pass(stage, sums)));
    @Nullable Draft closing = walk == Walk.ELEMENTS ? null : closing(sums);
    // Values of rows are kept where any other loop needs them; only then is every loop complete.
    Set<Node> needed = new HashSet<>();
    drafts.forEach(pass -> pass.during.forEach(draft -> needed.addAll(draft.needs())));
    rowDrafts.forEach(draft -> needed.addAll(draft.needs()));
    drafts.forEach(pass -> pass.before.stream()
        .filter(Node.class::isInstance)
        .forEach(gather -> needed.add(((Node) gather).operand(1))));
    for (Draft draft : rowDrafts) {
      for (Node node : draft.nodes) {
        if (needed.contains(node)) {
          int slot = rowSlot();
          rowMemory.put(node, slot);
          draft.results.add(new Loop.Store(node, slot));
        }
      }
    }
    List<Plan.Pass> passes = drafts.stream().map(this::finished).toList();
    return new Plan(
        walk,
        schedule.uniform(),
        slots,
        accumulators,
        passes,
        closing == null ? null : sweep(List.of(closing), Map.of()),
        sums.stream().mapToInt(Integer::intValue).toArray(),
        loops);
  }

  private DraftPass pass(Schedule.Stage stage, List<Integer> sums) {
    List<Object> before = rowDrafts(stage.rows());
    List<Draft> during = new ArrayList<>();
    List<Node> computed = stage.elements().stream()
        .filter(node -> node.operation() instanceof Primitive)
        .toList();
    Draft open = new Draft(false);
    for (Node node : computed) {
      if (open.cost + cost(node) > LARGEST_LOOP) {
        during.add(open);
        open = new Draft(false);
      }
      open.add(node);
    }
    during.add(open);
    List<Plan.RowSum> rowSums = new ArrayList<>();
    for (Node reduction : stage.reductions()) {
      RowOperation operation = (RowOperation) reduction.operation();
      int slot = rowSlot();
      rowMemory.put(reduction, slot);
      Node operand = reduction.operand(0);
      if (walk == Walk.SHORT_ROWS) {
        result(during, new Loop.RowTotal(operand, operation, slot));
      } else {
        int accumulator = accumulator(operation);
        rowSums.add(new Plan.RowSum(operation, accumulator, slot));
        result(during, new Loop.Total(operand, operation, accumulator));
      }
    }
    stage
        .gradients()
        .forEach((input, node) ->
            result(during, new Loop.Store(node, slot(Slot.Kind.GRADIENT, input))));
    for (Node node : stage.violations()) {
      violation(home(during, node), node);
    }
    for (Node node : stage.sums()) {
      result(during, new Loop.Total(node, RowOperation.SUM, sum(sums)));
    }
    if (!stage.sums().isEmpty() && graph.unreduced()) {
      result(during, new Loop.Store(graph.loss(), slot(Slot.Kind.LOSSES, 0)));
    }
    during.removeIf(Draft::isEmpty);
    return new DraftPass(before, during, rowSums);
  }

  /** Loops over rows, and gathers between them; a gather stands before the loop that is still open. */
  private List<Object> rowDrafts(List<Node> rows) {
    List<Object> steps = new ArrayList<>();
    Draft open = new Draft(true);
    for (Node node : rows) {
      if (node.operation() == RowOperation.GATHER) {
        if (open.computed.contains(node.operand(1))) {
          steps.add(open);
          open = new Draft(true);
        }
        if (node.operand(1).span() == Span.UNIFORM && !rowMemory.containsKey(node.operand(1))) {
          steps.add(spread(node.operand(1)));
        }
        rowMemory.put(node, rowSlot());
        steps.add(node);
      } else if (node.operation() instanceof Primitive) {
        if (open.cost + cost(node) > LARGEST_LOOP) {
          steps.add(open);
          open = new Draft(true);
        }
        open.add(node);
      }
    }
    steps.add(open);
    steps.removeIf(step -> step instanceof Draft draft && draft.isEmpty());
    steps.stream().filter(Draft.class::isInstance).forEach(draft -> rowDrafts.add((Draft) draft));
    return steps;
  }

  /** A loop that gives each row the same value. */
  private Draft spread(Node uniform) {
    Draft draft = new Draft(true);
    rowMemory.put(uniform, rowSlot());
    draft.results.add(new Loop.Store(uniform, Objects.requireNonNull(rowMemory.get(uniform))));
    return draft;
  }

  private Draft closing(List<Integer> sums) {
    Draft closing = new Draft(true);
    for (Node node : graph.sums()) {
      closing.results.add(new Loop.Total(node, RowOperation.SUM, sum(sums)));
    }
    for (Node node : graph.violations()) {
      if (node.span() == Span.ROW) {
        violation(closing, node);
      }
    }
    if (graph.unreduced()) {
      closing.results.add(new Loop.Store(graph.loss(), slot(Slot.Kind.ROW_LOSSES, 0)));
    }
    graph
        .rowGradients()
        .forEach((input, node) ->
            closing.results.add(new Loop.Store(node, slot(Slot.Kind.ROW_GRADIENT, input))));
    rowDrafts.add(closing);
    return closing;
  }

  private static void result(List<Draft> drafts, Loop.Result result) {
    home(drafts, result.node()).results.add(result);
  }

  /** The loop that computes a node, else the last. */
  private static Draft home(List<Draft> drafts, Node node) {
    return drafts.stream()
        .filter(draft -> draft.computed.contains(node))
        .findFirst()
        .orElse(drafts.get(drafts.size() - 1));
  }

  /** The violations of one loop share an accumulator. */
  private void violation(Draft home, Node node) {
    if (home.violation < 0) {
      home.violation = accumulator(RowOperation.MAX);
    }
    home.results.add(new Loop.Violation(node, home.violation));
  }

  private Plan.Pass finished(DraftPass pass) {
    Map<Node, Integer> memory = new HashMap<>();
    Set<Node> needed = new HashSet<>();
    pass.during.forEach(draft -> needed.addAll(draft.needs()));
    int values = 0;
    for (Draft draft : pass.during) {
      for (Node node : draft.nodes) {
        @Nullable Integer keeping = kept.get(node);
        if (keeping != null || needed.contains(node)) {
          int slot = keeping != null ? keeping : slot(Slot.Kind.ELEMENTS, values++);
          memory.put(node, slot);
          draft.results.add(new Loop.Store(node, slot));
        }
      }
    }
    List<Plan.RowStep> before = new ArrayList<>();
    for (Object step : pass.before) {
      before.add(
          step instanceof Draft draft
              ? new Plan.RowLoop(sweep(List.of(draft), Map.of()))
              : gather((Node) step));
    }
    return new Plan.Pass(before, sweep(pass.during, memory), pass.sums);
  }

  private Plan.Gather gather(Node node) {
    Node leaf = node.operand(0);
    return new Plan.Gather(
        (Leaf) leaf.operation(),
        leaf.index(),
        memory(node.operand(1), Map.of()),
        memory(node, Map.of()));
  }

  private Sweep sweep(List<Draft> drafts, Map<Node, Integer> elementMemory) {
    List<Loop> finished =
        drafts.stream().map(draft -> finished(draft, elementMemory)).toList();
    return Sweep.of(finished, slots, accumulators);
  }

  private Loop finished(Draft draft, Map<Node, Integer> elementMemory) {
    Map<Node, Integer> memory = new HashMap<>();
    for (Node node : draft.needs()) {
      if (node.span() != Span.UNIFORM) {
        memory.put(node, memory(node, elementMemory));
      }
    }
    Loop loop = new Loop(loops.size(), draft.overRows, draft.nodes, draft.results, memory);
    loops.add(loop);
    return loop;
  }

  /** The slot that holds a value. */
  private int memory(Node node, Map<Node, Integer> elementMemory) {
    if (node.operation() instanceof Leaf leaf && node.span() != Span.UNIFORM) {
      return switch (leaf) {
        case INPUT ->
          slot(node.span() == Span.ROW ? Slot.Kind.ROW_INPUT : Slot.Kind.INPUT, node.index());
        case CLASS_INDEX -> slot(Slot.Kind.CLASS_INDEX, 0);
        case CLASS_VALUES -> slot(Slot.Kind.CLASS_VALUES, node.index());
        case WEIGHT -> slot(Slot.Kind.WEIGHT, 0);
        case PRESENCE -> slot(Slot.Kind.PRESENCE, 0);
        case SEED -> slot(Slot.Kind.SEED, 0);
        default -> throw new IllegalStateException(node + " is the same everywhere");
      };
    }
    boolean perRow = node.span() == Span.ROW || node.span() == Span.UNIFORM;
    Map<Node, Integer> memory = perRow ? rowMemory : kept.containsKey(node) ? kept : elementMemory;
    return Objects.requireNonNull(memory.get(node), () -> node + " is kept nowhere");
  }

  private int slot(Slot.Kind kind, int index) {
    Slot slot = new Slot(kind, index);
    int known = slots.indexOf(slot);
    if (known >= 0) {
      return known;
    }
    slots.add(slot);
    return slots.size() - 1;
  }

  private int rowSlot() {
    return slot(Slot.Kind.ROWS, rowValues++);
  }

  private int accumulator(RowOperation operation) {
    accumulators.add(operation);
    return accumulators.size() - 1;
  }

  private int sum(List<Integer> sums) {
    int accumulator = accumulator(RowOperation.SUM);
    sums.add(accumulator);
    return accumulator;
  }

  /** About how many instructions a node takes. */
  static int cost(Node node) {
    return switch ((Primitive) node.operation()) {
      case MAXIMUM, MINIMUM, POWER_OF_TWO -> 3;
      case EXPONENT, MANTISSA -> 5;
      default -> 1;
    };
  }
}
