package dev.losses.server.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request wants to be answered.
 *
 * @param id to be repeated, or null
 * @param outputs what it asks for by name; empty for the loss
 * @param binary whether outputs that do not say otherwise are binary
 * @param allGradients whether it asks for all gradients without naming them
 */
record AnswerForm(
    @Nullable String id, List<RequestedOutput> outputs, boolean binary, boolean allGradients) {
  static final AnswerForm DEFAULT = new AnswerForm(null, List.of(), false, false);

  boolean namesGradient() {
    return outputs.stream().anyMatch(RequestedOutput::isGradient);
  }
}
