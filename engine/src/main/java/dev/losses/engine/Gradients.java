package dev.losses.engine;

import dev.losses.spi.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whether an evaluation computes gradients, and where they go. */
public final class Gradients {
  /** The value alone. */
  public static final Gradients NONE = new Gradients(false, Map.of());
  /** The gradient of every differentiable input, each in a new array. */
  public static final Gradients COMPUTE = new Gradients(true, Map.of());

  private final boolean wanted;
  private final Map<String, Tensor> targets;

  private Gradients(boolean wanted, Map<String, Tensor> targets) {
    this.wanted = wanted;
    this.targets = targets;
  }

  /**
   * The gradients of every differentiable input, that of {@code name} written into the caller's tensor.
   *
   * @param target of the input's shape and dtype; overwritten
   */
  public static Gradients into(String name, Tensor target) {
    return COMPUTE.andInto(name, target);
  }

  /** The same, with one more target. */
  public Gradients andInto(String name, Tensor target) {
    Map<String, Tensor> more = new LinkedHashMap<>(targets);
    more.put(name, target);
    return new Gradients(true, Map.copyOf(more));
  }

  /** Whether gradients are computed. */
  public boolean wanted() {
    return wanted;
  }

  /** The caller's tensors by input name. */
  public Map<String, Tensor> targets() {
    return targets;
  }

  /** The caller's tensor for an input. */
  public Optional<Tensor> target(String name) {
    return Optional.ofNullable(targets.get(name));
  }
}
