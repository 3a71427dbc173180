package dev.losses.testkit;

import dev.losses.api.LossException;
import dev.losses.spi.LossFunction;
import org.junit.jupiter.api.Assumptions;

/** A promise of the contract, and how it is tested. */
enum Check {
  SCHEMA,
  INPUTS_UNMODIFIED,
  THREADS,
  FINITE,
  FLOAT32,
  BATCH_ORDER,
  WEIGHTS,
  GRADIENT,
  KERNELS,
  STATELESS;

  /** Throws an AssertionError that tells what to do when the loss breaks the promise. */
  void of(LossFunction function) {
    Subject subject = subject(function);
    if (this != SCHEMA && this != FINITE) {
      // One defect, one failure: these two report it.
      Assumptions.assumeTrue(
          subject.canBeEvaluated(),
          "The loss cannot be evaluated; valueAndGradientAreFinite tells why.");
    }
    test(subject);
  }

  private void test(Subject subject) {
    switch (this) {
      case SCHEMA -> SchemaCheck.check(subject);
      case INPUTS_UNMODIFIED -> InputsCheck.check(subject);
      case THREADS -> ThreadsCheck.check(subject);
      case FINITE -> FiniteCheck.check(subject);
      case FLOAT32 -> Float32Check.check(subject);
      case BATCH_ORDER -> BatchOrderCheck.check(subject);
      case WEIGHTS -> WeightsCheck.check(subject);
      case GRADIENT -> SlopeCheck.check(subject);
      case KERNELS -> KernelsCheck.check(subject);
      case STATELESS -> StateCheck.check(subject);
    }
  }

  private Subject subject(LossFunction function) {
    try {
      return new Subject(function);
    } catch (LossException e) {
      Assumptions.assumeTrue(
          this == SCHEMA, "The loss cannot be offered; schemaIsWellFormed tells why.");
      throw new AssertionError(SchemaCheck.cannotBeOffered(function, e));
    }
  }
}
