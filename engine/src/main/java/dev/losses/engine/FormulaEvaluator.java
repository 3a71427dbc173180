package dev.losses.engine;

import dev.losses.engine.internal.graph.Formula;
import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import dev.losses.engine.internal.kernel.Kernel;
import dev.losses.engine.internal.kernel.KernelSource;
import dev.losses.engine.internal.kernel.KernelStatus;
import dev.losses.engine.internal.kernel.RowLength;
import dev.losses.engine.internal.kernel.Tier;
import dev.losses.engine.internal.kernel.Workers;
import dev.losses.spi.DType;
import dev.losses.spi.Input;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Evaluates a formula: chooses the kernel, walks over the blocks and reduces. */
final class FormulaEvaluator extends Evaluator {
  /** Below so many elements a thread takes longer to wake than to help. */
  private static final int SMALLEST_TO_SHARE = 1 << 18;

  private final Formula formula;
  private final KernelSource kernels;
  private final boolean byRow;
  private final boolean countsDiffer;
  private final boolean hingeLabels;
  private final Workers workers;
  private final Map<RowLength, AtomicReferenceArray<@Nullable Kernel>> used =
      new EnumMap<>(RowLength.class);
  private volatile @Nullable Kernel latest;

  FormulaEvaluator(NamedInputsLoss loss, KernelSource kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
    this.formula = new Formula(loss);
    this.byRow = formula.structure().byRow();
    this.hingeLabels = SignedLabels.areWantedBy(formula.inputs());
    this.countsDiffer = formula.structure().countsDiffer();
    for (RowLength rows : RowLength.values()) {
      used.put(rows, new AtomicReferenceArray<>(Request.COUNT));
    }
    // An ill-formed formula is refused here, not at its first evaluation.
    LossGraph.of(formula.structure(), new Request(DType.FLOAT64, true, byRow, false, false));
  }

  @Override
  public LossResult evaluate(LossInputs inputs, Reduction reduction, Gradients gradients) {
    Read read = read(inputs);
    Layout layout = read.layout();
    Map<String, Tensor> targets = Targets.of(gradients, formula.inputs(), layout.tensors());
    @Nullable
    Tensor losses =
        reduction == Reduction.NONE ? Tensor.zeros(layout.dtype(), layout.lossShape()) : null;
    Evaluation evaluation = new Evaluation(layout, read.weighting(), reduction, targets, losses);
    Totals totals = evaluation.run();
    double value = totals.value(reduction);
    return new LossResult(reduction, layout.dtype(), value, losses, targets);
  }

  @Override
  Batch batch(LossInputs inputs) {
    Read read = read(inputs);
    Evaluation evaluation =
        new Evaluation(read.layout(), read.weighting(), Reduction.SUM, Map.of(), null);
    Blocks blocks = evaluation.pass(1, Map.of());
    return new Batch(
        evaluation.perPosition, read.labels(), totals -> evaluation.add(blocks, totals));
  }

  /** Inputs that were found to fit, and what they weigh. */
  private record Read(Layout layout, Weighting weighting, Map<String, LabelReading> labels) {}

  private Read read(LossInputs inputs) {
    Layout layout = Layout.ofFormula(formula.inputs(), byRow, inputs);
    Weighting weighting = new Weighting(layout.lossShape(), inputs.sampleWeight(), inputs.mask());
    if (!hingeLabels) {
      return new Read(layout, weighting, Map.of());
    }
    SignedLabels signed =
        SignedLabels.in(formula.inputs(), layout.tensors(), layout.positions(), weighting);
    return new Read(layout.with(signed.tensors()), weighting, signed.readings());
  }

  /** Whether it computes what another does. */
  boolean computesAs(FormulaEvaluator other) {
    return this == other || formula.isSameAs(other.formula);
  }

  @Override
  public boolean looksAlongRows() {
    return byRow;
  }

  @Override
  public boolean rowsAreIndependent() {
    return true;
  }

  @Override
  public Computation computation() {
    Kernel kernel = latest;
    if (kernel == null) {
      return new Computation(
          Computation.Path.INTERPRETER, "it has not been used yet; " + kernels.outlook());
    }
    KernelStatus status = kernel.status();
    return new Computation(
        status.tier() == Tier.COMPILED ? Computation.Path.SIMD : Computation.Path.INTERPRETER,
        status.reason());
  }

  /** Looked up once: the library compares whole structures. */
  private Kernel kernel(Request request, int columns) {
    RowLength rows = RowLength.of(columns);
    AtomicReferenceArray<@Nullable Kernel> ofLength = Objects.requireNonNull(used.get(rows));
    Kernel known = ofLength.get(request.index());
    if (known == null) {
      known = kernels.kernel(formula.structure(), request, rows);
      ofLength.set(request.index(), known);
    }
    latest = known;
    return known;
  }

  /** One evaluation. */
  private final class Evaluation {
    private final Layout layout;
    private final Weighting weighting;
    private final Reduction reduction;
    private final Map<String, Tensor> targets;
    private final @Nullable Tensor losses;
    private final boolean weighted;
    private final boolean byRow;
    private final int perPosition;
    private final List<double[]> classValues;

    Evaluation(
        Layout layout,
        Weighting weighting,
        Reduction reduction,
        Map<String, Tensor> targets,
        @Nullable Tensor losses) {
      this.layout = layout;
      this.weighting = weighting;
      this.reduction = reduction;
      this.targets = targets;
      this.losses = losses;
      // Elements in a plain run are fastest, but a row's own weight or loss needs rows.
      boolean rowsMatter =
          layout.columns() > 1 && (weighting.varies() || losses != null || countsDiffer);
      // A weight that all share multiplies the sum, but unreduced losses one by one.
      this.weighted = weighting.varies() || (losses != null && weighting.uniform() != 1);
      this.byRow = FormulaEvaluator.this.byRow || rowsMatter;
      this.perPosition = byRow ? 1 : layout.columns();
      this.classValues = classValues(layout.columns());
    }

    Totals run() {
      Totals totals = new Totals(perPosition);
      add(pass(targets.isEmpty() ? 1 : denominator(), targets), totals);
      return totals;
    }

    /** What the sum of the losses will be divided by, which gradients need beforehand. */
    private double denominator() {
      boolean averages =
          reduction == Reduction.MEAN || reduction == Reduction.MEAN_WITH_SAMPLE_WEIGHT;
      Totals totals = new Totals(perPosition);
      if (averages && countsDiffer) {
        add(pass(1, Map.of()), totals);
      } else if (averages) {
        weighting.addCounts(totals);
      }
      return totals.denominator(reduction);
    }

    /** One pass over the inputs; the denominator is what the sum of the losses is divided by. */
    Blocks pass(double denominator, Map<String, Tensor> gradients) {
      double seed = denominator == 0 ? 0 : rounded(weighting.uniform() / denominator);
      boolean gradientsVanish = !weighted && seed == 0;
      boolean withGradients = !gradients.isEmpty() && !gradientsVanish;
      if (gradientsVanish) {
        gradients.values().forEach(Targets::clear);
      }
      Request request = new Request(layout.dtype(), withGradients, byRow, weighted, losses != null);
      Kernel kernel = kernel(request, layout.columns());
      Arguments arguments = arguments(seed, withGradients ? gradients : Map.of());
      int positions = layout.positions() * (byRow ? 1 : layout.columns());
      Blocks blocks = byRow
          ? Blocks.ofRows(positions, layout.columns())
          : Blocks.ofElements(positions, !weighted);
      long elements = (long) layout.positions() * layout.columns();
      int useful = elements < SMALLEST_TO_SHARE ? 1 : blocks.chunks();
      workers.run(useful, () -> {
        try (Kernel.Run run = kernel.start(arguments)) {
          Block block = new Block(blocks.largest(), weighted);
          blocks.compute(block, () -> {
            if (weighted) {
              weighting.fill(block, denominator, layout.dtype());
            }
            run.compute(block);
          });
        }
      });
      if (blocks.violated()) {
        DomainScan.check(
            formula.inputs(), layout.tensors(), layout.columns(), layout.positions(), weighting);
      }
      return blocks;
    }

    /** Adds what a pass has found. */
    void add(Blocks sums, Totals totals) {
      double uniform = weighted ? 1 : weighting.uniform();
      sums.add(0, uniform, sum -> totals.addLosses(sum, perPosition));
      if (countsDiffer) {
        sums.add(1, 1, totals::addCounts);
        sums.add(weighted ? 2 : 1, uniform, totals::addWeightedCounts);
      } else {
        weighting.addCounts(totals);
      }
    }

    private Arguments arguments(double seed, Map<String, Tensor> gradients) {
      List<Object> inputs = new ArrayList<>();
      List<@Nullable Object> outputs = new ArrayList<>();
      for (int i = 0; i < layout.tensors().size(); i++) {
        Input input = formula.inputs().get(i);
        inputs.add(Targets.array(layout.tensors().get(i)));
        Tensor target = gradients.get(input.name());
        outputs.add(target == null ? null : Targets.array(target));
      }
      return new Arguments(
          inputs,
          outputs,
          losses == null ? null : Targets.array(losses),
          layout.columns(),
          formula.arguments(),
          classValues,
          seed);
    }

    private double rounded(double value) {
      return layout.dtype() == DType.FLOAT32 ? (float) value : value;
    }
  }

  private List<double[]> classValues(int classes) {
    if (formula.classValues().isEmpty()) {
      return List.of();
    }
    List<double[]> rows = new ArrayList<>();
    for (List<Double> values : formula.classValues()) {
      if (values.size() != 1 && values.size() != classes) {
        throw new ClassCountException(values, classes);
      }
      rows.add(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
    return rows;
  }
}
