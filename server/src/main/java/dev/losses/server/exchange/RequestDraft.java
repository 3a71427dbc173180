package dev.losses.server.exchange;

import dev.losses.api.ParameterSchema;
import dev.losses.engine.Mask;
import dev.losses.engine.Reduction;
import dev.losses.server.codec.Allowance;
import dev.losses.server.codec.DecodedArray;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request while it is read: what was given so far, and what is wrong with it. */
public final class RequestDraft {
  private final Expected expected;
  private final Set<String> fields = new LinkedHashSet<>();
  private final Violations violations = new Violations();
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Set<DType> floatingTypes = new LinkedHashSet<>();
  private final Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
  private List<LossCall> losses = List.of();
  private @Nullable Tensor sampleWeight;
  private @Nullable Mask mask;
  private @Nullable String version;
  private @Nullable DType dtype;
  private Reduction reduction = Reduction.MEAN;
  private boolean gradient;

  /** Nothing given yet. */
  public RequestDraft(Expected expected) {
    this.expected = expected;
  }

  /** What the request may contain. */
  public Expected expected() {
    return expected;
  }

  /** What is wrong with it. */
  public Violations violations() {
    return violations;
  }

  /** Notes that a field is given; false, and a violation, if it was given before. */
  public boolean begin(String field) {
    boolean first = fields.add(field);
    if (!first) {
      violations.add(pointer(field), "given twice");
    }
    return first;
  }

  /** Notes that no such field exists, with the one that may have been meant. */
  public void unknown(String field) {
    ParameterSchema schema = expected.parameters();
    if (schema != null && schema.names().contains(field)) {
      violations.add(pointer(field), "a parameter of the loss, which belongs into parameters");
      return;
    }
    List<String> known = Stream.of(
            expected.inputNames().stream(),
            Stream.of(expected.lossField()),
            schema == null ? Stream.<String>empty() : Stream.of("version"),
            schema == null ? Stream.<String>empty() : schema.names().stream(),
            expected.options().stream())
        .flatMap(names -> names)
        .toList();
    violations.add(pointer(field), "unknown field" + NameHint.of(field, known, "fields"));
  }

  /** The pointer to a field. */
  public static String pointer(String field) {
    return "/" + Pointers.escape(field);
  }

  /** Takes an input whose numbers came as text, and so have no format of their own. */
  public void input(String name, Tensor tensor) {
    inputs.put(name, tensor);
  }

  /** Takes an input; numbers in a floating-point format decide in which the loss is computed. */
  public void input(String name, DecodedArray array) {
    inputs.put(name, array.tensor());
    if (array.elementType().isFloating()) {
      floatingTypes.add(array.elementType().dtype());
    }
  }

  /** Takes the parameters of the one loss, in addition to those taken before. */
  public void parameters(Map<String, @Nullable Object> values) {
    values.forEach(this::parameter);
  }

  /** Takes a parameter of the one loss. */
  public void parameter(String name, @Nullable Object value) {
    if (parameters.containsKey(name)) {
      violations.add("/parameters" + pointer(name), "given twice");
    } else {
      parameters.put(name, value);
    }
  }

  /** Takes the several losses. */
  public void losses(List<LossCall> calls) {
    this.losses = calls;
  }

  /** Takes the sample weights. */
  public void sampleWeight(@Nullable Tensor weights) {
    this.sampleWeight = weights;
  }

  /** Takes the mask. */
  public void mask(@Nullable Mask values) {
    this.mask = values;
  }

  /** Takes the version of the loss. */
  public void version(@Nullable String wanted) {
    this.version = wanted;
  }

  /** Takes the dtype, which then does not follow from the inputs. */
  public void dtype(DType wanted) {
    this.dtype = wanted;
  }

  /** The dtype asked for, if any. */
  public @Nullable DType dtype() {
    return dtype;
  }

  /** Takes the reduction. */
  public void reduction(Reduction wanted) {
    this.reduction = wanted;
  }

  /** Takes whether gradients are wanted. */
  public void gradient(boolean wanted) {
    this.gradient = wanted;
  }

  /** The request, its inputs all of one dtype. */
  public EvaluationRequest toRequest() {
    return new EvaluationRequest(
        fields,
        inputs,
        sampleWeight,
        mask,
        parameters,
        losses,
        version,
        reduction,
        gradient,
        violations.toList());
  }

  /**
   * Gives the inputs the dtype asked for; else the widest of the floating-point formats they came in; else float64. So
   * labels that are integers or text follow the predictions, and no digit of a prediction is dropped unasked.
   *
   * @throws Violations.Enough when nothing more need be read
   */
  public void settleDType(Allowance allowance) {
    DType settled = dtype != null ? dtype : widestGiven();
    inputs.replaceAll((name, tensor) ->
        Conversion.convert(pointer(name), tensor, settled, violations, allowance));
  }

  private DType widestGiven() {
    return floatingTypes.equals(Set.of(DType.FLOAT32)) ? DType.FLOAT32 : DType.FLOAT64;
  }
}
