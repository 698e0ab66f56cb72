package dev.featuremap.scale;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Spark stays in its room, and the room behind its door. */
@AnalyzeClasses(packages = "dev.featuremap", importOptions = ImportOption.DoNotIncludeTests.class)
class SparkArchitectureTest {
    @ArchTest
    static final ArchRule onlyThisRoomKnowsSpark = noClasses()
            .that()
            .resideOutsideOfPackage("dev.featuremap.scale..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..");

    @ArchTest
    static final ArchRule nobodyKnowsThisRoom = noClasses()
            .that()
            .resideOutsideOfPackage("dev.featuremap.scale..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.featuremap.scale..");

    @ArchTest
    static final ArchRule itKnowsNeitherTheFrontNorOtherCapabilities = noClasses()
            .that()
            .resideInAPackage("dev.featuremap.scale..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.featuremap.cli..",
                    "dev.featuremap.report..",
                    "dev.featuremap.lecture..",
                    "dev.featuremap.compare..",
                    "dev.featuremap.examples..");

    @ArchTest
    static final ArchRule itDoesNotPrintOrExit = noClasses()
            .that()
            .resideInAPackage("dev.featuremap.scale..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");
}
