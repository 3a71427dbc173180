package dev.losses.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.losses.spi.LossFunction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** A loss with one defect fails the one test that is about it, and its author is told what to do. */
class LossContractTestTest {
  /** The loss whose turn it is: JUnit makes the instances of {@link OfAuthor}. */
  private static LossFunction loss = new BrokenLosses.Sound();

  private static List<LossFunction> others = List.of();

  static class OfAuthor extends LossContractTest {
    @Override
    protected LossFunction loss() {
      return loss;
    }

    @Override
    protected List<? extends LossFunction> alsoWith() {
      return others;
    }
  }

  @TestFactory
  Stream<DynamicTest> aSoundLossOfAnyKindPasses() {
    return Stream.<LossFunction>of(
            new BrokenLosses.Sound(),
            new SoundLosses.OneForTheBatch(),
            new SoundLosses.Spread(),
            new SoundLosses.OfSequences(),
            new SoundLosses.Triplet(),
            new SoundLosses.FourClasses())
        .map(sound -> DynamicTest.dynamicTest(
            sound.getClass().getSimpleName(), () -> assertEquals(Map.of(), failures(sound))));
  }

  @TestFactory
  Stream<DynamicTest> aDefectFailsTheTestThatIsAboutItAndNoOther() {
    return Stream.of(
        defect(
            new BrokenLosses.Undescribed(),
            "schemaIsWellFormed",
            "parameter margin has no description",
            "@Description"),
        defect(
            new BrokenLosses.DefaultOutOfRange(),
            "schemaIsWellFormed",
            "'factor'",
            "must be > 0, got 0.0"),
        defect(
            new BrokenLosses.WithoutDefaults(1),
            "schemaIsWellFormed",
            "constructor without arguments",
            "this(...)"),
        defect(
            new BrokenLosses.ModifiesInputs(),
            "inputsAreNotModified",
            "it modifies its input y_true",
            "array of your own"),
        defect(
            new BrokenLosses.SharesScratch(),
            "manyThreadsGetTheSameBits",
            "not thread-safe",
            "local variables"),
        defect(
            new BrokenLosses.LogOfAnything(),
            "valueAndGradientAreFinite",
            "NaN",
            "Domain.POSITIVE"),
        defect(
            new BrokenLosses.CancelsInFloat32(),
            "float32AgreesWithFloat64",
            "more than rounding",
            "Sum in double"),
        defect(
            new BrokenLosses.LaterRowsCountMore(),
            "orderOfTheBatchDoesNotMatter",
            "depends on the order of the batch",
            "not from its index"),
        defect(
            new BrokenLosses.MultipliesByItsWeight(),
            "weightsAndMasksActFromOutside",
            "The loss multiplies by sample_weight itself: the engine does that",
            "Remove the input"),
        defect(
            new BrokenLosses.IgnoresUpstream(),
            "weightsAndMasksActFromOutside",
            "the gradient of y_pred with weight 2",
            "upstream factor once"),
        defect(
            new BrokenLosses.ClaimsIndependence(),
            "weightsAndMasksActFromOutside",
            "says that its rows are independent",
            "compute each loss from its own row"),
        defect(
            new BrokenLosses.MultipliesNanByZero(),
            "weightsAndMasksActFromOutside",
            "holds NaN and is masked out",
            "0 times NaN is NaN"),
        defect(
            new BrokenLosses.WrongGradient(),
            "gradientAgreesWithFiniteDifferences",
            "finite differences of the loss give",
            "Derive ArrayLoss.gradient again"),
        defect(
            new BrokenLosses.NanAtTheKink(),
            "gradientAgreesWithFiniteDifferences",
            "wrong at a kink",
            "0 / 0"),
        defect(
            new BrokenLosses.TooSteepAtTheKink(),
            "gradientAgreesWithFiniteDifferences",
            "got: 2.0",
            "between those to either side"),
        defect(
            new BrokenLosses.AnotherFormulaEachTime(),
            "interpreterAndCompilerGiveTheSameBits",
            "compiled kernel and the interpreter",
            "the same formula at every call"),
        defect(
            new BrokenLosses.ModifiableList(),
            "holdsNothingOfAnEvaluation",
            "its list factors can be modified",
            "factors = List.copyOf(factors)"));
  }

  @Test
  void aLossThatRemembersIsToldToForget() {
    // Whoever compares bits notices, threads too.
    Map<String, String> failures = failures(new BrokenLosses.RemembersCalls());
    assertTrue(failures.get("holdsNothingOfAnEvaluation").contains("Remove whatever remembers"));
  }

  @Test
  void otherSettingsAreTestedToo() {
    others = List.of(new BrokenLosses.WrongGradient());
    try {
      assertEquals(
          List.of("gradientAgreesWithFiniteDifferences"),
          List.copyOf(failures(new BrokenLosses.Sound()).keySet()));
    } finally {
      others = List.of();
    }
  }

  private static DynamicTest defect(LossFunction function, String test, String... told) {
    return DynamicTest.dynamicTest(function.getClass().getSimpleName(), () -> {
      Map<String, String> failures = failures(function);
      assertEquals(List.of(test), List.copyOf(failures.keySet()), failures.toString());
      for (String part : told) {
        assertTrue(failures.get(test).contains(part), failures.get(test));
      }
    });
  }

  /** What failed, by the name of the test, with its message. */
  private static Map<String, String> failures(LossFunction function) {
    loss = function;
    Events tests = EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(OfAuthor.class))
        .execute()
        .testEvents();
    assertEquals(Check.values().length, tests.started().count());
    Map<String, String> failures = new TreeMap<>();
    tests.failed().stream().forEach(event -> failures.put(name(event), message(event)));
    return failures;
  }

  private static String name(Event event) {
    return event.getTestDescriptor().getDisplayName().replace("()", "");
  }

  private static String message(Event event) {
    return event
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .map(Throwable::getMessage)
        .orElse("");
  }
}
