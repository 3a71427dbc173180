package dev.losses.numerics;

import dev.losses.engine.Evaluator;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import java.util.Optional;

/** The engine's answers. */
final class Ours implements Peer {

  @Override
  public Optional<Answers> answers(Subject subject, Batch batch) {
    LossResult result = Evaluator.of(subject.loss(batch.dtype()))
        .evaluate(LossInputs.named(batch.tensors()), Reduction.NONE, Gradients.COMPUTE);
    return Optional.of(new Answers(result.losses(), result.gradients()));
  }
}
