package dev.losses.testkit;

import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;
import dev.losses.engine.EngineStatus;
import dev.losses.engine.Evaluator;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.ArrayLoss;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What a formula compiles to gives the bits of the interpreter. */
final class KernelsCheck {
  private static final int ROWS = 37;
  private static final int LONG = 40;

  private final Subject subject;
  private final Evaluator interpreter;
  private final Evaluator compiler;

  private KernelsCheck(Subject subject) {
    this.subject = subject;
    this.interpreter = Evaluator.interpreting(subject.function());
    this.compiler = Evaluator.compiling(subject.function());
  }

  static void check(Subject subject) {
    Assumptions.assumeTrue(
        !(subject.function() instanceof ArrayLoss),
        "An ArrayLoss is computed by its author's code; there is nothing to compile.");
    EngineStatus status = EngineStatus.now();
    Assumptions.assumeTrue(
        status.simd(),
        "Without SIMD no kernel can be compared; the tests' JVM needs --add-modules jdk.incubator.vector. Here "
            + status.reason() + ".");
    KernelsCheck check = new KernelsCheck(subject);
    check.compare(DType.FLOAT32, subject.draw(ROWS, subject.columns(), 1), Reduction.MEAN, false);
    check.compare(DType.FLOAT64, subject.draw(ROWS, subject.columns(), 2), Reduction.NONE, true);
    Map<String, Tensor> longRows = subject.draw(Subject.ROWS, LONG, 3);
    if (isTaken(subject, longRows)) {
      check.compare(DType.FLOAT32, longRows, Reduction.NONE, true);
      check.compare(DType.FLOAT64, longRows, Reduction.MEAN, false);
    }
  }

  /** One value for each class fixes the number of columns. */
  private static boolean isTaken(Subject subject, Map<String, Tensor> inputs) {
    try {
      subject.loss().evaluate(LossInputs.named(inputs));
      return true;
    } catch (LossException e) {
      if (e.code() == LossErrorCode.INVALID_INPUTS) {
        return false;
      }
      throw e;
    }
  }

  private void compare(
      DType dtype, Map<String, Tensor> drawn, Reduction reduction, boolean weighted) {
    Map<String, Tensor> inputs = Tensors.as(drawn, dtype);
    LossInputs given = LossInputs.named(inputs);
    if (weighted) {
      double[] weights = new double[inputs.values().iterator().next().axis(0)];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = i % 3 * 0.75;
      }
      given = given.withSampleWeight(weights);
    }
    LossResult expected = interpreter.evaluate(given, reduction, Gradients.COMPUTE);
    LossResult actual = compiler.evaluate(given, reduction, Gradients.COMPUTE);
    compare("losses", inputs, losses(expected), losses(actual));
    expected
        .gradients()
        .forEach((name, gradient) ->
            compare("gradient of " + name, inputs, gradient, actual.gradient(name)));
  }

  private static Tensor losses(LossResult result) {
    return result.reduction() == Reduction.NONE
        ? result.losses()
        : Tensor.of(new double[] {result.value()}, 1);
  }

  private void compare(
      String what, Map<String, Tensor> inputs, Tensor interpreted, Tensor compiled) {
    if (!Tensors.sameBits(interpreted, compiled)) {
      throw subject
          .failure("its compiled kernel and the interpreter give different " + what)
          .on(inputs)
          .expected(interpreted)
          .got(compiled)
          .advice(
              "loss(...) must build the same formula at every call, from the parameters alone: nothing random, "
                  + "counted or cached. If it does, please report this with your JDK.");
    }
  }
}
