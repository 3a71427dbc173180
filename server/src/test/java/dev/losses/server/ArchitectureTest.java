package dev.losses.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The modules depend on each other in one direction, and on frameworks only where they may. */
@AnalyzeClasses(packages = "dev.losses", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule modulesDependInOneDirection = layeredArchitecture()
      .consideringOnlyDependenciesInLayers()
      .layer("server")
      .definedBy("dev.losses.server..")
      .layer("losses-testkit")
      .definedBy("dev.losses.testkit..")
      .layer("losses-nd4j")
      .definedBy("dev.losses.nd4j..")
      .layer("api")
      .definedBy("dev.losses.api..")
      .layer("engine")
      .definedBy("dev.losses.engine..")
      .layer("losses-spi")
      .definedBy("dev.losses.spi..")
      .layer("losses-builtin")
      .definedBy("dev.losses.builtin..")
      .whereLayer("server")
      .mayOnlyAccessLayers("losses-nd4j", "api", "engine", "losses-spi")
      .whereLayer("losses-nd4j")
      .mayOnlyAccessLayers("api", "engine", "losses-spi")
      .whereLayer("losses-testkit")
      .mayOnlyAccessLayers("api", "engine", "losses-spi")
      .whereLayer("losses-testkit")
      .mayNotBeAccessedByAnyLayer()
      .whereLayer("api")
      .mayOnlyAccessLayers("engine", "losses-spi")
      .whereLayer("engine")
      .mayOnlyAccessLayers("losses-spi")
      .whereLayer("losses-builtin")
      .mayOnlyAccessLayers("losses-spi")
      .whereLayer("losses-spi")
      .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule onlyTheServerUsesSpring = noClasses()
      .that()
      .resideOutsideOfPackage("dev.losses.server..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule onlyTheTestKitUsesJUnit = noClasses()
      .that()
      .resideOutsideOfPackage("dev.losses.testkit..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.junit..", "org.opentest4j..");

  @ArchTest
  static final ArchRule onlyTheNd4jIntegrationUsesNd4j = noClasses()
      .that()
      .resideOutsideOfPackage("dev.losses.nd4j..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.nd4j..", "org.bytedeco..", "org.deeplearning4j..");

  @ArchTest
  static final ArchRule theEngineKeepsItsInternalsToItself = noClasses()
      .that()
      .resideOutsideOfPackage("dev.losses.engine..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("dev.losses.engine.internal..");

  @ArchTest
  static final ArchRule theApiKeepsItsInternalsToItself = noClasses()
      .that()
      .resideOutsideOfPackage("dev.losses.api..")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("dev.losses.api.internal..");

  @ArchTest
  static final ArchRule codecsNeedTensorsAlone = classes()
      .that()
      .resideInAPackage("dev.losses.server.codec")
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(
          "dev.losses.server.codec",
          "dev.losses.spi",
          "java..",
          "org.jspecify..",
          // Its parser of numbers.
          "tools.jackson.core.io");

  /** A rule about a package that has been renamed would hold for ever. */
  @ArchTest
  static void thePackagesThatMayNotBeUsedExist(JavaClasses classes) {
    assertTrue(classes.containPackage("dev.losses.engine.internal"));
    assertTrue(classes.containPackage("dev.losses.api.internal"));
    assertTrue(classes.containPackage("dev.losses.testkit"));
    assertTrue(classes.containPackage("dev.losses.nd4j"));
  }
}
