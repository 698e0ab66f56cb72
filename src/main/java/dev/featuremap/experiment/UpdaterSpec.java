package dev.featuremap.experiment;

import java.util.Optional;

/** How a gradient becomes a step; the key {@code type} chooses the form. Defaults are DL4J's. */
@Choice(key = "type", meaning = "the optimizer")
public sealed interface UpdaterSpec
        permits UpdaterSpec.Sgd,
                UpdaterSpec.Nesterovs,
                UpdaterSpec.Adam,
                UpdaterSpec.AmsGrad,
                UpdaterSpec.Nadam,
                UpdaterSpec.RmsProp,
                UpdaterSpec.AdaGrad,
                UpdaterSpec.AdaDelta {
    /** The learning rate, or a schedule of it; null where there is none, as in AdaDelta. */
    LearningRate learningRate();

    /** The learning rate, or a schedule of it; empty where there is none. */
    default Optional<LearningRate> rate() {
        return Optional.ofNullable(learningRate());
    }

    /** Plain gradient descent: {@code w ← w − learningRate · gradient}. */
    record Sgd(
            @Key(value = "learning rate, or a schedule", byDefault = "0.1")
            LearningRate learningRate) implements UpdaterSpec {
        public Sgd {
            Keys.check(Sgd.class, learningRate);
        }
    }

    /** Gradient descent with Nesterov's momentum. */
    record Nesterovs(
            @Key(value = "learning rate, or a schedule", byDefault = "0.1")
            LearningRate learningRate,

            @Key(value = "momentum", byDefault = "0.9", range = "[0, 1)")
            double momentum)
            implements UpdaterSpec {
        public Nesterovs {
            Keys.check(Nesterovs.class, learningRate, momentum);
        }
    }

    /** Adam (Kingma and Ba 2015). */
    record Adam(
            @Key(value = "learning rate, or a schedule", byDefault = "0.001")
            LearningRate learningRate,

            @Key(value = "decay of the first moment", byDefault = "0.9", range = "[0, 1)")
            double beta1,

            @Key(value = "decay of the second moment", byDefault = "0.999", range = "[0, 1)")
            double beta2,

            @Key(value = "added to the root", byDefault = "1e-8", range = "(0, 1]")
            double epsilon)
            implements UpdaterSpec {
        /** What an experiment gets that names no updater. */
        public static final Adam DEFAULT = new Adam(new LearningRate.Constant(0.001), 0.9, 0.999, 1e-8);

        public Adam {
            Keys.check(Adam.class, learningRate, beta1, beta2, epsilon);
        }
    }

    /** AMSGrad (Reddi et al. 2018). */
    @Named("amsgrad")
    record AmsGrad(
            @Key(value = "learning rate, or a schedule", byDefault = "0.001")
            LearningRate learningRate,

            @Key(value = "decay of the first moment", byDefault = "0.9", range = "[0, 1)")
            double beta1,

            @Key(value = "decay of the second moment", byDefault = "0.999", range = "[0, 1)")
            double beta2,

            @Key(value = "added to the root", byDefault = "1e-8", range = "(0, 1]")
            double epsilon)
            implements UpdaterSpec {
        public AmsGrad {
            Keys.check(AmsGrad.class, learningRate, beta1, beta2, epsilon);
        }
    }

    /** Adam with Nesterov's momentum (Dozat 2016). */
    record Nadam(
            @Key(value = "learning rate, or a schedule", byDefault = "0.001")
            LearningRate learningRate,

            @Key(value = "decay of the first moment", byDefault = "0.9", range = "[0, 1)")
            double beta1,

            @Key(value = "decay of the second moment", byDefault = "0.999", range = "[0, 1)")
            double beta2,

            @Key(value = "added to the root", byDefault = "1e-8", range = "(0, 1]")
            double epsilon)
            implements UpdaterSpec {
        public Nadam {
            Keys.check(Nadam.class, learningRate, beta1, beta2, epsilon);
        }
    }

    /** RMSProp (Tieleman and Hinton 2012). */
    @Named("rmsprop")
    record RmsProp(
            @Key(value = "learning rate, or a schedule", byDefault = "0.1")
            LearningRate learningRate,

            @Key(value = "decay of the mean square", byDefault = "0.95", range = "[0, 1)")
            double decay,

            @Key(value = "added to the root", byDefault = "1e-8", range = "(0, 1]")
            double epsilon)
            implements UpdaterSpec {
        public RmsProp {
            Keys.check(RmsProp.class, learningRate, decay, epsilon);
        }
    }

    /** AdaGrad (Duchi et al. 2011). */
    @Named("adagrad")
    record AdaGrad(
            @Key(value = "learning rate, or a schedule", byDefault = "0.1")
            LearningRate learningRate,

            @Key(value = "added to the root", byDefault = "1e-6", range = "(0, 1]")
            double epsilon)
            implements UpdaterSpec {
        public AdaGrad {
            Keys.check(AdaGrad.class, learningRate, epsilon);
        }
    }

    /** AdaDelta (Zeiler 2012); it has no learning rate. */
    @Named("adadelta")
    record AdaDelta(
            @Key(value = "decay of the averages", byDefault = "0.95", range = "[0, 1)")
            double rho,

            @Key(value = "added to the roots", byDefault = "1e-6", range = "(0, 1]")
            double epsilon)
            implements UpdaterSpec {
        public AdaDelta {
            Keys.check(AdaDelta.class, rho, epsilon);
        }

        @Override
        public LearningRate learningRate() {
            return null;
        }
    }
}
