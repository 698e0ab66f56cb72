package dev.featuremap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

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
            .layer("statistics")
            .definedBy("dev.featuremap.statistics..")
            .layer("run")
            .definedBy("dev.featuremap.run..")
            .layer("train")
            .definedBy("dev.featuremap.train..")
            .layer("jobs")
            .definedBy("dev.featuremap.jobs..")
            .layer("bench")
            .definedBy("dev.featuremap.bench..")
            .layer("page")
            .definedBy("dev.featuremap.page..")
            .layer("lecture")
            .definedBy("dev.featuremap.lecture..")
            .layer("report")
            .definedBy("dev.featuremap.report..")
            .layer("play")
            .definedBy("dev.featuremap.play..")
            .layer("export")
            .definedBy("dev.featuremap.export..")
            .layer("compare")
            .definedBy("dev.featuremap.compare..")
            .layer("tune")
            .definedBy("dev.featuremap.tune..")
            .layer("workspace")
            .definedBy("dev.featuremap.workspace..")
            .layer("ui")
            .definedBy("dev.featuremap.ui..")
            .layer("examples")
            .definedBy("dev.featuremap.examples..")
            .layer("cli")
            .definedBy("dev.featuremap.cli..")
            .whereLayer("experiment")
            .mayNotAccessAnyLayer()
            .whereLayer("backend")
            .mayNotAccessAnyLayer()
            .whereLayer("statistics")
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
            .whereLayer("jobs")
            .mayOnlyAccessLayers("experiment", "data", "backend", "run", "train")
            .whereLayer("bench")
            .mayOnlyAccessLayers("experiment", "data", "backend", "network", "engine", "train")
            .whereLayer("page")
            .mayNotAccessAnyLayer()
            .whereLayer("lecture")
            .mayOnlyAccessLayers("experiment", "data", "backend", "network", "engine", "run", "train", "page")
            .whereLayer("report")
            .mayOnlyAccessLayers("experiment", "backend", "network", "statistics", "run", "page")
            .whereLayer("play")
            .mayOnlyAccessLayers("experiment", "data", "network", "run", "train", "page")
            .whereLayer("export")
            .mayOnlyAccessLayers("experiment", "network", "run")
            .whereLayer("compare")
            .mayOnlyAccessLayers("experiment", "statistics", "run", "jobs")
            .whereLayer("tune")
            .mayOnlyAccessLayers("experiment", "run", "jobs")
            .whereLayer("workspace")
            .mayOnlyAccessLayers("experiment", "statistics", "run", "compare")
            .whereLayer("ui")
            .mayOnlyAccessLayers(
                    "experiment", "data", "run", "train", "compare", "tune", "page", "report", "play", "workspace")
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

    /** By methods of these names, whoever opens or looks at a file follows links. */
    private static final Pattern OPENING = Pattern.compile(
            "new.*|read(String|AllBytes|AllLines)|write.*|lines|copy|walk.*|list|find|size|exists|is(Regular|Dir|Read|Writ|Same).*");

    @ArchTest
    static final ArchRule onlyOneDoorLeadsToFilesThatOthersMayHaveMade = noClasses()
            .that(resideInAnyPackage(
                            "dev.featuremap",
                            "dev.featuremap.network..",
                            "dev.featuremap.run..",
                            "dev.featuremap.train..",
                            "dev.featuremap.jobs..",
                            "dev.featuremap.report..",
                            "dev.featuremap.page..",
                            "dev.featuremap.play..",
                            "dev.featuremap.export..",
                            "dev.featuremap.compare..",
                            "dev.featuremap.tune..",
                            "dev.featuremap.workspace..",
                            "dev.featuremap.ui..")
                    .and(not(belongToAnyOf(RegularFiles.class)))
                    // Paths that only the user names.
                    .and(not(simpleName("UserPath"))))
            .should()
            .callMethodWhere(target(owner(assignableTo(Files.class))).and(target(nameMatching(OPENING.pattern()))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(FileChannel.class))).and(target(name("open"))))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                    FileInputStream.class,
                    FileOutputStream.class,
                    FileReader.class,
                    FileWriter.class,
                    RandomAccessFile.class,
                    ZipFile.class);
}
