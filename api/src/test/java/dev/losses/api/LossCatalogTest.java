package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.engine.Computation;
import dev.losses.spi.Input;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossCatalogTest {
  private static final LossCatalog CATALOG = LossCatalog.load();

  @ParameterizedTest
  @CsvSource({
    "mse,mean_squared_error",
    "MeanSquaredError,mean_squared_error",
    "l1,mean_absolute_error",
    "Huber,huber",
    "LogCosh,log_cosh",
    "BinaryCrossentropy,binary_crossentropy",
    "cce,categorical_crossentropy",
    "SparseCategoricalCrossentropy,sparse_categorical_crossentropy",
    "CosineSimilarity,cosine_similarity",
    "contrastive,contrastive",
  })
  void aLossIsFoundByNameAliasAndKerasClassName(String name, String canonical) {
    assertEquals(canonical, CATALOG.definition(name).name());
  }

  @ParameterizedTest
  @CsvSource({
    "KLDivergence,kl_divergence",
    "L2,l2",
    "mean_squared_error,mean_squared_error",
    "CTC,ctc"
  })
  void aNameIsBrokenBeforeCapitals(String name, String normalized) {
    assertEquals(normalized, LossNames.normalize(name));
  }

  @ParameterizedTest
  @CsvSource({
    "huberr,huber",
    "mse_loss,mse",
    "binary_crossentrop,binary_crossentropy",
    "cosine_similar,cosine_similarity"
  })
  void anUnknownNameIsToldTheNearest(String name, String nearest) {
    LossException e = assertThrows(LossException.class, () -> CATALOG.loss(name));
    assertEquals(LossErrorCode.UNKNOWN_LOSS, e.code());
    assertEquals(nearest, e.suggestions().get(0));
    assertTrue(e.suggestions().size() <= 3);
  }

  @Test
  void aNameFarFromAllIsToldNothing() {
    assertEquals(
        List.of(),
        assertThrows(LossException.class, () -> CATALOG.loss("zzzzzzzzzz")).suggestions());
  }

  @Test
  void everyLossOfTheCatalogueIsDocumented() {
    assertEquals(56, CATALOG.definitions().size());
    for (LossDefinition definition : CATALOG.definitions()) {
      assertFalse(definition.description().isEmpty(), definition.name());
      assertFalse(definition.references().isEmpty(), definition.name());
      assertFalse(definition.family().equals("custom"), definition.name());
      Computation.Path path = CATALOG.loss(definition.name()).computation().path();
      assertEquals(
          path != Computation.Path.ARRAY, definition.formula().isPresent(), definition.name());
      definition
          .parameters()
          .parameters()
          .forEach(parameter -> assertFalse(parameter.description().isEmpty(), definition.name()));
      assertTrue(definition.inputs().stream().anyMatch(Input::differentiable), definition.name());
    }
  }

  @Test
  void theCatalogueTellsItsVersionAndDigest() {
    LossSource source = CATALOG.definition("mse").source();
    assertEquals("losses-builtin", source.plugin());
    assertTrue(source.version().matches("\\d+\\.\\d+\\.\\d+.*"), source.version());
    assertTrue(source.digest().matches("sha256:[0-9a-f]{64}"), source.digest());
  }
}
