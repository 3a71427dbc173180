package dev.losses.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A loss to measure.
 *
 * @param torch the same loss in TorchScript, of {@code p} and {@code t}, by PyTorch's own operator where it has one; its
 *     reduction 1 is the mean, 2 the sum; assignments may come first, each ended by a semicolon
 * @param shapes where it is measured on one thread; none where only its numbers are compared, in docs/numerics.md
 * @param largeShapes where it is measured on all cores too
 */
record Work(
    String loss,
    Map<String, Object> parameters,
    Data data,
    String torch,
    List<Shape> shapes,
    List<Shape> largeShapes) {

  private static final List<Shape> EVERY_SIZE = List.of(
      Shape.of(32), Shape.of(1_000), Shape.of(100_000), Shape.of(1_000_000), Shape.of(4_000_000));
  private static final List<Shape> THREE_SIZES =
      List.of(Shape.of(32), Shape.of(100_000), Shape.of(4_000_000));
  private static final List<Shape> LARGE = List.of(Shape.of(4_000_000));
  private static final List<Shape> SEQUENCES =
      List.of(Shape.of(16, 40, 30), Shape.of(128, 100, 40));
  private static final List<Shape> ROWS = List.of(Shape.of(65_536, 10), Shape.of(8_192, 1_000));
  private static final Map<String, Object> LOGITS = Map.of("from_logits", true);
  /** PyTorch has no such operator; this is what one writes with those it has. */
  private static final String LOG_COSH =
      "e = torch.sub(p, t); torch.mean(torch.sub(torch.add(e, torch.softplus(torch.mul(e, -2.))), 0.6931471805599453))";

  private static final String HINGE =
      "torch.mean(torch.clamp_min(torch.rsub(torch.mul(t, p), 1), 0))";
  private static final String CONTRASTIVE = "d = torch.clamp_min(torch.rsub(p, 1), 0); "
      + "torch.mean(torch.add(torch.mul(t, torch.mul(p, p)), torch.mul(torch.rsub(t, 1), torch.mul(d, d))))";
  private static final String COSINE =
      "torch.neg(torch.mean(torch.cosine_similarity(p, t, 1, 1e-7)))";
  private static final String DICE = "i = torch.mul(torch.sum(torch.mul(t, p)), 2.); "
      + "torch.rsub(torch.div(i, torch.add(torch.add(torch.sum(t), torch.sum(p)), 1e-7)), 1.)";
  private static final String CTC = "n = torch.size(p, 0); "
      + "steps = torch.full([n], torch.size(p, 1), dtype=4); "
      + "labels = torch.full([n], torch.size(t, 1), dtype=4); "
      + "q = torch.log_softmax(torch.transpose(p, 0, 1), 2); "
      + "torch.div(torch.ctc_loss(q, torch.to(t, 4), steps, labels, 0, 2, False), n)";
  private static final String MULTILABEL_SOFT_MARGIN =
      "torch.mean(torch.neg(torch.add(torch.mul(t, torch.log_sigmoid(p)), "
          + "torch.mul(torch.rsub(t, 1), torch.log_sigmoid(torch.neg(p))))))";

  /** One line each; what the catalogue does not have is left out. */
  static final List<Work> ALL = List.of(
      elements("mean_squared_error", Map.of(), Data.REAL, "torch.mse_loss(p, t, 1)", EVERY_SIZE),
      elements("huber", Map.of(), Data.REAL, "torch.huber_loss(p, t, 1, 1.)", EVERY_SIZE),
      elements(
          "binary_crossentropy",
          LOGITS,
          Data.YES_OR_NO,
          "torch.binary_cross_entropy_with_logits(p, t, None, None, 1)",
          EVERY_SIZE),
      elements("mean_absolute_error", Map.of(), Data.REAL, "torch.l1_loss(p, t, 1)", THREE_SIZES),
      elements("log_cosh", Map.of(), Data.REAL, LOG_COSH, THREE_SIZES),
      elements("smooth_l1", Map.of(), Data.REAL, "torch.smooth_l1_loss(p, t, 1, 1.)", THREE_SIZES),
      elements(
          "poisson",
          Map.of(),
          Data.COUNTS,
          "torch.poisson_nll_loss(p, t, False, False, 1e-7, 1)",
          THREE_SIZES),
      rows(
          "kl_divergence",
          Map.of(),
          Data.DISTRIBUTIONS,
          "torch.div(torch.kl_div(torch.log(p), t, 2), torch.size(p, 0))"),
      rows("categorical_crossentropy", LOGITS, Data.ONE_HOT, "torch.cross_entropy_loss(p, t)"),
      rows(
          "sparse_categorical_crossentropy",
          LOGITS,
          Data.CLASS_INDEX,
          "torch.cross_entropy_loss(p, t)"),
      elements("hinge", Map.of("labels", "signed"), Data.SIGNS, HINGE, THREE_SIZES),
      rows("multi_margin", Map.of(), Data.CLASS_INDEX, "torch.multi_margin_loss(p, t)"),
      elements("contrastive", Map.of(), Data.DISTANCES, CONTRASTIVE, THREE_SIZES),
      elements(
          "hinge_embedding",
          Map.of(),
          Data.SIGNS,
          "torch.hinge_embedding_loss(p, t, 1., 1)",
          THREE_SIZES),
      rows("cosine_similarity", Map.of(), Data.REAL, COSINE),
      rows("dice", Map.of(), Data.DISTANCES, DICE),
      new Work("ctc", Map.of(), Data.SEQUENCES, CTC, SEQUENCES, List.of()),
      numbers("binary_cross_entropy", Data.DISTANCES, "torch.binary_cross_entropy(p, t, None, 1)"),
      numbers(
          "binary_cross_entropy_with_logits",
          Data.YES_OR_NO,
          "torch.binary_cross_entropy_with_logits(p, t, None, None, 1)"),
      numbers("soft_margin", Data.SIGNS, "torch.soft_margin_loss(p, t, 1)"),
      numbers("kl_div", Data.REAL, "torch.kl_div(p, t, 1)"),
      numbers("poisson_nll", Data.COUNTS, "torch.poisson_nll_loss(p, t, True, False, 1e-8, 1)"),
      numbers("multilabel_soft_margin", Data.YES_OR_NO, MULTILABEL_SOFT_MARGIN),
      numbers("nll", Data.CLASS_INDEX, "torch.nll_loss(p, t)"),
      numbers("cross_entropy", Data.CLASS_INDEX, "torch.cross_entropy_loss(p, t)"));

  static Work named(String loss) {
    return ALL.stream()
        .filter(work -> work.loss.equals(loss) && !work.shapes.isEmpty())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No work of the name " + loss));
  }

  /** The loss with its parameters. */
  String title() {
    return loss
        + parameters.entrySet().stream()
            .map(parameter -> " " + parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining());
  }

  private static Work elements(
      String loss, Map<String, Object> parameters, Data data, String torch, List<Shape> shapes) {
    return new Work(loss, parameters, data, torch, shapes, LARGE);
  }

  private static Work numbers(String loss, Data data, String torch) {
    return new Work(loss, Map.of(), data, torch, List.of(), List.of());
  }

  private static Work rows(String loss, Map<String, Object> parameters, Data data, String torch) {
    return new Work(loss, parameters, data, torch, ROWS, ROWS);
  }
}
