package dev.losses.server.inference;

import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.engine.Violation;
import dev.losses.server.exchange.Answer;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the outputs that a request wants of what a loss came to. */
final class Outputs {
  private Outputs() {}

  /**
   * The outputs in the order asked for.
   *
   * @throws ProblemException when one is a gradient that the loss has not
   */
  static List<OutputTensor> of(Answer answer, AnswerForm form) {
    LossResult result = answer.result();
    List<OutputTensor> outputs = new ArrayList<>();
    if (form.outputs().isEmpty()) {
      outputs.add(new OutputTensor(RequestedOutput.LOSS, loss(answer), form.binary()));
    }
    for (RequestedOutput wanted : form.outputs()) {
      boolean binary = wanted.binary() == null ? form.binary() : wanted.binary();
      Tensor tensor = wanted.isGradient() ? gradient(result, wanted, form) : loss(answer);
      outputs.add(new OutputTensor(wanted.name(), tensor, binary));
    }
    if (form.allGradients()) {
      addRest(result.gradients(), form, outputs);
    }
    return outputs;
  }

  private static void addRest(
      Map<String, Tensor> gradients, AnswerForm form, List<OutputTensor> outputs) {
    gradients.forEach((input, gradient) -> {
      String name = RequestedOutput.gradient(input);
      if (outputs.stream().noneMatch(output -> output.name().equals(name))) {
        outputs.add(new OutputTensor(name, gradient, form.binary()));
      }
    });
  }

  private static Tensor loss(Answer answer) {
    Tensor loss = answer.loss();
    if (answer.result().reduction() == Reduction.NONE) {
      return loss;
    }
    // One number has no axes with us; the protocol's clients expect one.
    return loss.dtype() == DType.FLOAT32
        ? Tensor.of(loss.floats(), 1)
        : Tensor.of(loss.doubles(), 1);
  }

  private static Tensor gradient(LossResult result, RequestedOutput wanted, AnswerForm form) {
    String input = wanted.name().substring(RequestedOutput.GRADIENT.length());
    Tensor gradient = result.gradients().get(input);
    if (gradient == null) {
      String all = Stream.concat(
              Stream.of(RequestedOutput.LOSS),
              result.gradients().keySet().stream().map(RequestedOutput::gradient))
          .collect(Collectors.joining(", "));
      Violation violation = new Violation(
          "/outputs/" + form.outputs().indexOf(wanted) + "/name",
          "the loss has no gradient with respect to " + input + "; its outputs are " + all);
      throw new ProblemException(Problem.of(
          ProblemType.INVALID_REQUEST,
          violation.pointer() + ": " + violation.message(),
          List.of(violation)));
    }
    return gradient;
  }
}
