package dev.featuremap.engine;

import java.util.Optional;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * An updater's arithmetic, as in ND4J's native updaters, for the parameters of one DL4J {@code UpdaterBlock}.
 *
 * <p>Every loop is over plain arrays without branches, which the JIT turns into vector instructions. {@link #apply} may run on
 * several threads, each with parameters of its own.
 */
sealed interface UpdaterStep permits UpdaterStep.NoOpStep, UpdaterStep.AdaDeltaStep, UpdaterStep.Rated {
    /** The step of {@code updater}, if it has one. */
    static Optional<UpdaterStep> of(IUpdater updater) {
        UpdaterStep step = null;
        if (updater instanceof Sgd sgd) {
            step = new SgdStep(sgd);
        } else if (updater instanceof Nesterovs nesterovs) {
            step = new NesterovsStep(nesterovs);
        } else if (updater instanceof Adam adam) {
            step = new AdamSteps.AdamStep(adam);
        } else if (updater instanceof AMSGrad amsGrad) {
            step = new AdamSteps.AmsGradStep(amsGrad);
        } else if (updater instanceof Nadam nadam) {
            step = new AdamSteps.NadamStep(nadam);
        } else if (updater instanceof RmsProp rmsProp) {
            step = new RmsPropStep(rmsProp);
        } else if (updater instanceof AdaGrad adaGrad) {
            step = new AdaGradStep(adaGrad);
        } else if (updater instanceof AdaDelta adaDelta) {
            step = new AdaDeltaStep((float) adaDelta.getRho(), UpdaterStep.epsilon(adaDelta.getEpsilon()));
        } else if (updater instanceof NoOp) {
            step = new NoOpStep();
        }
        return Optional.ofNullable(step);
    }

    /** Sets what is the same for all parameters of the step: learning rate and bias corrections. */
    void prepare(int iteration, int epoch);

    /**
     * Moves {@code length} parameters.
     *
     * <p>All arrays are read from their beginnings: with an offset in one of them the JIT makes no vector instructions.
     *
     * @param state {@link #states()} arrays in DL4J's order
     */
    void apply(float[] parameters, float[] gradient, float[][] state, int length);

    /** Values of state per parameter. */
    default int states() {
        return 0;
    }

    /** As ND4J has it, so that half precision would not underflow. */
    static float epsilon(double configured) {
        return configured == 0 ? 1e-7f : (float) configured;
    }

    /** What DL4J uses for running statistics: the gradient is the change. */
    final class NoOpStep implements UpdaterStep {
        @Override
        public void prepare(int iteration, int epoch) {}

        @Override
        public void apply(float[] parameters, float[] gradient, float[][] state, int length) {
            for (int i = 0; i < length; i++) {
                parameters[i] -= gradient[i];
            }
        }
    }

    /** A step as long as the steps before, by what their gradients and this one are. */
    record AdaDeltaStep(float rho, float epsilon) implements UpdaterStep {
        @Override
        public void prepare(int iteration, int epoch) {}

        @Override
        public int states() {
            return 2;
        }

        @Override
        public void apply(float[] parameters, float[] gradient, float[][] state, int length) {
            float rho = this.rho;
            float rest = 1 - rho;
            float epsilon = this.epsilon;
            float[] square = state[0];
            float[] moved = state[1];
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float s = square[i] * rho + g * g * rest;
                float step = g * ((float) Math.sqrt(moved[i] + epsilon) / (float) Math.sqrt(s + epsilon));
                square[i] = s;
                moved[i] = moved[i] * rho + step * step * rest;
                parameters[i] -= step;
            }
        }
    }

    /** A step that is as long as a learning rate, or a schedule of it, says. */
    abstract sealed class Rated<C extends IUpdater> implements UpdaterStep
            permits AdamSteps.AdamStep,
                    AdamSteps.AmsGradStep,
                    AdamSteps.NadamStep,
                    AdaGradStep,
                    NesterovsStep,
                    RmsPropStep,
                    SgdStep {
        final C config;
        private final int states;
        /** Of the coming step. */
        float rate;

        Rated(C config, int states) {
            this.config = config;
            this.states = states;
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = (float) config.getLearningRate(iteration, epoch);
        }

        @Override
        public final int states() {
            return states;
        }
    }

    final class SgdStep extends Rated<Sgd> {
        SgdStep(Sgd config) {
            super(config, 0);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, float[][] state, int length) {
            float rate = this.rate;
            for (int i = 0; i < length; i++) {
                parameters[i] -= rate * gradient[i];
            }
        }
    }

    final class NesterovsStep extends Rated<Nesterovs> {
        private float momentum;

        NesterovsStep(Nesterovs config) {
            super(config, 1);
        }

        @Override
        public void prepare(int iteration, int epoch) {
            super.prepare(iteration, epoch);
            momentum = (float) config.currentMomentum(iteration, epoch);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, float[][] state, int length) {
            float rate = this.rate;
            float momentum = this.momentum;
            float[] velocity = state[0];
            for (int i = 0; i < length; i++) {
                float before = momentum * velocity[i];
                float after = before - rate * gradient[i];
                velocity[i] = after;
                parameters[i] -= before + (-momentum - 1) * after;
            }
        }
    }

    final class RmsPropStep extends Rated<RmsProp> {
        RmsPropStep(RmsProp config) {
            super(config, 1);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, float[][] state, int length) {
            float rate = this.rate;
            float epsilon = UpdaterStep.epsilon(config.getEpsilon());
            float decay = (float) config.getRmsDecay();
            float rest = 1 - decay;
            float[] square = state[0];
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float s = square[i] * decay + g * g * rest;
                square[i] = s;
                parameters[i] -= rate * g / ((float) Math.sqrt(s) + epsilon);
            }
        }
    }

    final class AdaGradStep extends Rated<AdaGrad> {
        AdaGradStep(AdaGrad config) {
            super(config, 1);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, float[][] state, int length) {
            float rate = this.rate;
            float epsilon = UpdaterStep.epsilon(config.getEpsilon());
            float[] square = state[0];
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float s = square[i] + g * g;
                square[i] = s;
                parameters[i] -= rate * g / ((float) Math.sqrt(s) + epsilon);
            }
        }
    }
}
