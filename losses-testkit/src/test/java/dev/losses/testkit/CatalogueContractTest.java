package dev.losses.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossSource;
import dev.losses.spi.LossFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every loss of the catalogue keeps the contract, with its defaults and with other settings. */
class CatalogueContractTest {
  /** Keras and PyTorch take the logarithm of a prediction that may be negative, and so do these. */
  private static final Map<String, Check> EXCEPTIONS =
      Map.of("poisson", Check.FINITE, "poisson_nll", Check.FINITE);

  @TestFactory
  Stream<DynamicContainer> everyLossKeepsTheContract() {
    return losses().map(loss -> dynamicContainer(name(loss), checks(loss)));
  }

  @Test
  void noLossIsLeftOut() {
    Set<String> tested = new TreeSet<>();
    losses().forEach(loss -> tested.add(name(loss)));
    Set<String> offered = new TreeSet<>();
    LossCatalog.load().definitions().forEach(definition -> offered.add(definition.name()));
    assertEquals(offered, tested);
  }

  private static Stream<DynamicTest> checks(LossFunction loss) {
    List<LossFunction> settings = new ArrayList<>();
    settings.add(loss);
    settings.addAll(Settings.of(loss));
    return Arrays.stream(Check.values())
        .map(check -> dynamicTest(check.name(), () -> {
          if (EXCEPTIONS.get(name(loss)) == check) {
            assertThrows(AssertionError.class, () -> settings.forEach(check::of));
          } else {
            settings.forEach(check::of);
          }
        }));
  }

  private static Stream<LossFunction> losses() {
    return ServiceLoader.load(LossFunction.class).stream().map(ServiceLoader.Provider::get);
  }

  private static String name(LossFunction loss) {
    return LossDefinition.of(loss, new LossSource("test", "0", "sha256:0")).name();
  }
}
