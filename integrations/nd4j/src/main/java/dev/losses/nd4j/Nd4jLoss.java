package dev.losses.nd4j;

import dev.losses.api.Loss;
import dev.losses.api.LossCatalog;
import dev.losses.api.LossException;
import dev.losses.spi.Input;
import dev.losses.spi.LossFunction;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect.Visibility;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Any loss of {@code y_true} and {@code y_pred} as the loss of a DL4J network.
 *
 * <pre>{@code
 * new OutputLayer.Builder(Nd4jLoss.named("huber", Map.of("delta", 1.0)))
 * }</pre>
 *
 * <p>{@code y_pred} is what the layer's activation gives, of shape {@code [batch, outputs]}; recurrent and convolutional
 * output layers bring theirs to that shape. As DL4J has it, the score of an example is its unreduced loss (the mean over
 * its outputs; see {@link #summedOverOutputs}), the score of a batch their sum, divided by the number of examples only
 * where an average is wanted, masked ones included; the gradient is that of the sum. What a loss counts for in a mean,
 * class weights say, has no part in it. A loss of the whole batch, such as dice, is the score of every row in
 * it, so that DL4J's average is the loss. Recurrent and convolutional output layers have a row for each step or pixel but
 * divide by examples: there it comes out as many times larger.
 *
 * <p>A mask has a number for each example, or for each output of each example if the loss is computed output by output.
 * 0 leaves out, even NaN; another number is a weight.
 *
 * <p>{@code binary_crossentropy} and {@code binary_focal_crossentropy} behind a sigmoid, and {@code
 * categorical_crossentropy}, {@code categorical_focal_crossentropy} and {@code sparse_categorical_crossentropy} behind a
 * softmax are computed from the logits instead, as {@code from_logits} does: the same number, without what is lost where
 * a probability rounds to 0 or 1.
 *
 * <p>Computed in float64 where the network is {@code DOUBLE}, else in float32. A model saved with this loss keeps its name
 * and parameters; they are looked up when it is loaded, in the catalogue given to {@link #lookUpIn} or else in
 * that of the class path.
 *
 * <p>Inputs that the loss refuses are a {@link LossException}. As with DL4J's own losses, computing a gradient may overwrite
 * the pre-outputs. Immutable and thread-safe.
 */
@JsonAutoDetect(
    fieldVisibility = Visibility.NONE,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
public final class Nd4jLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;
  private static final List<String> PAIR = Input.PAIR.stream().map(Input::name).toList();

  private final transient Loss loss;
  private final transient boolean summed;
  private final transient @Nullable FromLogits fromLogits;

  private Nd4jLoss(Loss loss, boolean summed) {
    this.loss = loss;
    this.summed = summed;
    this.fromLogits = FromLogits.of(loss);
  }

  /**
   * A bound loss.
   *
   * @throws IllegalArgumentException when it takes anything but labels and predictions
   */
  public static Nd4jLoss of(Loss loss) {
    List<String> inputs = loss.inputs().stream().map(Input::name).toList();
    if (!inputs.equals(PAIR)) {
      throw new IllegalArgumentException("The loss '" + loss.definition().name() + "' takes "
          + String.join(", ", inputs) + "; an output layer has labels and predictions only");
    }
    return new Nd4jLoss(loss, false);
  }

  /**
   * A loss as its author's record has it: {@code Nd4jLoss.of(new MyHuber(1.0))}. A model with it can be saved; to be loaded,
   * or copied through its configuration, the record must be registered or in a catalogue given to {@link #lookUpIn}.
   *
   * @throws LossException when the record is no well-formed loss
   * @throws IllegalArgumentException when it takes anything but labels and predictions
   */
  public static Nd4jLoss of(LossFunction function) {
    return of(Loss.of(function));
  }

  /**
   * The loss of that name or alias with its default parameters.
   *
   * @throws LossException when there is none of that name
   */
  public static Nd4jLoss named(String name) {
    return named(name, Map.of());
  }

  /**
   * The loss of that name or alias.
   *
   * @param parameters by wire name, the others at their defaults
   * @throws LossException when there is none of that name, or a parameter is refused
   */
  public static Nd4jLoss named(String name, Map<String, ?> parameters) {
    return of(KnownLosses.catalog().loss(name, parameters));
  }

  /**
   * Has names looked up in that catalogue and in no other from now on, in the whole process. A catalogue with one more loss
   * than the class path has:
   *
   * <pre>{@code
   * List<LossDefinition> all = new ArrayList<>(LossCatalog.load().definitions());
   * all.add(Loss.of(new MyHuber()).definition());
   * Nd4jLoss.lookUpIn(LossCatalog.of(all));
   * }</pre>
   */
  public static void lookUpIn(LossCatalog catalog) {
    KnownLosses.use(catalog);
  }

  /**
   * The same loss, the losses of an example's outputs added up where they are averaged otherwise, as DL4J's own L1, L2 and
   * XENT do.
   *
   * @throws IllegalArgumentException when the loss is computed from an example's outputs as a whole
   */
  public Nd4jLoss summedOverOutputs() {
    if (loss.looksAlongRows()) {
      throw new IllegalArgumentException("The loss '" + name()
          + "' is computed from an example's outputs as a whole; there is nothing to sum");
    }
    return new Nd4jLoss(loss, true);
  }

  /** The loss that is computed. */
  public Loss loss() {
    return loss;
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activationFn,
      @Nullable INDArray mask,
      boolean average) {
    Head head = head(preOutput, activationFn);
    try (Batch batch = Batch.of(head.loss(), labels, head.output(), mask, summed)) {
      return score(batch.score(), preOutput, average);
    }
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activationFn, @Nullable INDArray mask) {
    Head head = head(preOutput, activationFn);
    try (Batch batch = Batch.of(head.loss(), labels, head.output(), mask, summed)) {
      return batch.scores().castTo(preOutput.dataType());
    }
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activationFn, @Nullable INDArray mask) {
    return computeGradientAndScore(labels, preOutput, activationFn, mask, false).getSecond();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activationFn,
      @Nullable INDArray mask,
      boolean average) {
    Head head = head(preOutput, activationFn);
    try (Batch batch = Batch.of(head.loss(), labels, head.output(), mask, summed)) {
      Pair<Double, INDArray> evaluated = batch.scoreAndGradient();
      INDArray gradient = evaluated.getSecond().castTo(preOutput.dataType());
      return Pair.of(
          score(evaluated.getFirst(), preOutput, average),
          batch.withoutMasked(head.activation().backprop(preOutput, gradient).getFirst()));
    }
  }

  private static double score(double sum, INDArray preOutput, boolean average) {
    return average ? sum / preOutput.size(0) : sum;
  }

  private Head head(INDArray preOutput, IActivation activation) {
    if (fromLogits != null && fromLogits.replaces(activation)) {
      return new Head(fromLogits.loss(), new ActivationIdentity(), preOutput);
    }
    // An activation is computed in place, and the caller's array is still needed. Row-major, as the
    // engine reads it.
    INDArray output = activation instanceof ActivationIdentity
        ? preOutput
        : activation.getActivation(preOutput.dup('c'), true);
    return new Head(loss, activation, output);
  }

  /** The loss, what it is computed of, and the activation that led there. */
  private record Head(Loss loss, IActivation activation, INDArray output) {}

  /** The name of the loss. */
  @Override
  @JsonProperty("loss")
  public String name() {
    return loss.definition().name();
  }

  @JsonProperty("plugin")
  String plugin() {
    return loss.definition().source().plugin();
  }

  @JsonProperty("parameters")
  Map<String, @Nullable Object> parameters() {
    return loss.parameters();
  }

  @JsonProperty("summedOverOutputs")
  boolean isSummedOverOutputs() {
    return summed;
  }

  @JsonCreator
  static Nd4jLoss saved(
      @JsonProperty("loss") String name,
      @JsonProperty("plugin") @Nullable String plugin,
      @JsonProperty("parameters") Map<String, @Nullable Object> parameters,
      @JsonProperty("summedOverOutputs") boolean summed) {
    return new SavedLoss(name, plugin, new HashMap<>(parameters), summed).restored();
  }

  private Object writeReplace() {
    return new SavedLoss(name(), plugin(), new HashMap<>(parameters()), summed);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Only its name and parameters are ever written");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Nd4jLoss that
        && that.name().equals(name())
        && that.loss.definition().source().equals(loss.definition().source())
        && that.parameters().equals(parameters())
        && that.summed == summed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name(), parameters(), summed);
  }

  @Override
  public String toString() {
    return name() + parameters() + (summed ? " summed over outputs" : "");
  }
}
