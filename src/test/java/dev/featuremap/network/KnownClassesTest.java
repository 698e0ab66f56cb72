package dev.featuremap.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.variational.ReconstructionDistribution;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.embeddings.EmbeddingInitializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.schedule.ISchedule;

class KnownClassesTest {
    /** Every type that DL4J's JSON names an implementation of. */
    private static final Set<Class<?>> NAMED = Set.of(
            Layer.class,
            InputPreProcessor.class,
            IDropout.class,
            IWeightNoise.class,
            IWeightInit.class,
            EmbeddingInitializer.class,
            LayerConstraint.class,
            Distribution.class,
            ReconstructionDistribution.class,
            IActivation.class,
            ILossFunction.class,
            IUpdater.class,
            ISchedule.class,
            Regularization.class);

    private static final List<String> PACKAGES = List.of(
            "org/deeplearning4j/nn/conf/",
            "org/deeplearning4j/nn/weights/",
            "org/nd4j/linalg/activations/",
            "org/nd4j/linalg/learning/",
            "org/nd4j/linalg/lossfunctions/",
            "org/nd4j/linalg/schedule/");

    @Test
    void areExactlyDl4jsOwn() throws Exception {
        List<String> own = Stream.concat(classesBeside(Layer.class), classesBeside(ISchedule.class))
                .filter(type -> NAMED.stream().anyMatch(named -> named.isAssignableFrom(type)))
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                // Stands in for distributions in files older than DL4J's type names.
                .filter(type -> !type.getSimpleName().equals("LegacyDistributionHelper"))
                .map(Class::getName)
                .toList();

        assertThat(own).hasSizeGreaterThan(150);
        assertThat(KnownClasses.NAMES).containsExactlyInAnyOrderElementsOf(own);
    }

    /** The classes in the same jar, not initialised. */
    private static Stream<Class<?>> classesBeside(Class<?> known) throws Exception {
        List<Class<?>> classes = new ArrayList<>();
        Path jar = Path.of(
                known.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (JarFile entries = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(entries.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class") && PACKAGES.stream().anyMatch(name::startsWith)) {
                    classes.add(Class.forName(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                            false,
                            known.getClassLoader()));
                }
            }
        }
        return classes.stream();
    }
}
