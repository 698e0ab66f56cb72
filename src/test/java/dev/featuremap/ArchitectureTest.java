package dev.featuremap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room may know which, and who may print, exit or talk to DL4J's builders. */
@AnalyzeClasses(packages = "dev.featuremap", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule roomsKnowOnlyWhatTheDesignAllows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("experiment")
            .definedBy("dev.featuremap.experiment..")
            .layer("data")
            .definedBy("dev.featuremap.data..")
            .layer("backend")
            .definedBy("dev.featuremap.backend..")
            .layer("network")
            .definedBy("dev.featuremap.network..")
            .layer("engine")
            .definedBy("dev.featuremap.engine..")
            .layer("run")
            .definedBy("dev.featuremap.run..")
            .layer("train")
            .definedBy("dev.featuremap.train..")
            .layer("page")
            .definedBy("dev.featuremap.page..")
            .layer("lecture")
            .definedBy("dev.featuremap.lecture..")
            .layer("report")
            .definedBy("dev.featuremap.report..")
            .layer("compare")
            .definedBy("dev.featuremap.compare..")
            .layer("tune")
            .definedBy("dev.featuremap.tune..")
            .layer("examples")
            .definedBy("dev.featuremap.examples..")
            .layer("cli")
            .definedBy("dev.featuremap.cli..")
            .whereLayer("experiment")
            .mayNotAccessAnyLayer()
            .whereLayer("backend")
            .mayNotAccessAnyLayer()
            .whereLayer("data")
            .mayOnlyAccessLayers("experiment")
            .whereLayer("network")
            .mayOnlyAccessLayers("experiment", "backend")
            .whereLayer("engine")
            .mayOnlyAccessLayers("experiment", "backend", "network")
            .whereLayer("run")
            .mayOnlyAccessLayers("experiment", "backend", "network")
            .whereLayer("train")
            .mayOnlyAccessLayers("experiment", "data", "backend", "network", "engine", "run")
            .whereLayer("page")
            .mayNotAccessAnyLayer()
            .whereLayer("lecture")
            .mayOnlyAccessLayers("experiment", "data", "backend", "network", "engine", "run", "train", "page")
            .whereLayer("report")
            .mayOnlyAccessLayers("experiment", "backend", "network", "run", "page")
            .whereLayer("compare")
            .mayOnlyAccessLayers("experiment", "data", "backend", "network", "engine", "run", "train")
            .whereLayer("tune")
            .mayOnlyAccessLayers("experiment", "data", "backend", "network", "engine", "run", "train")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("examples")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("dev.featuremap.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyOnePackageKnowsArbiter = noClasses()
            .that(not(resideInAPackage("dev.featuremap.tune.arbiter")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.deeplearning4j.arbiter..");

    @ArchTest
    static final ArchRule onlyTheFrontPrints = noClasses()
            .that(not(resideInAPackage("dev.featuremap.cli..")).and(not(resideInAPackage("dev.featuremap.examples.."))))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule onlyMainEndsTheProcess = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.featuremap.cli.Main")
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule onlyTheNetworkRoomBuildsNetworks = noClasses()
            .that(not(resideInAPackage("dev.featuremap.network.."))
                    .and(not(resideInAPackage("dev.featuremap.examples.."))))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.deeplearning4j.nn.conf.NeuralNetConfiguration$Builder")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.deeplearning4j.util.ModelSerializer");
}
