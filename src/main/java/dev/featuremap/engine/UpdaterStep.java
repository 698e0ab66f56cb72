package dev.featuremap.engine;

import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * An updater's arithmetic, as in ND4J's native updaters,for the parameters of one DL4J {@code UpdaterBlock}.
 *
 * <p>Every loop is over plain arrays without branches, which the JIT turns into vector instructions. {@link #apply} may run on
 * several threads, each with parameters of its own.
 */
sealed interface UpdaterStep {
    static boolean supports(IUpdater updater) {
        return updater instanceof Sgd
                || updater instanceof Nesterovs
                || updater instanceof Adam
                || updater instanceof AMSGrad
                || updater instanceof Nadam
                || updater instanceof RmsProp
                || updater instanceof AdaGrad
                || updater instanceof NoOp;
    }

    /** The step of {@code updater}. */
    static UpdaterStep of(IUpdater updater) {
        if (updater instanceof Sgd sgd) {
            return new SgdStep(sgd);
        } else if (updater instanceof Nesterovs nesterovs) {
            return new NesterovsStep(nesterovs);
        } else if (updater instanceof Adam adam) {
            return new AdamStep(adam);
        } else if (updater instanceof AMSGrad amsGrad) {
            return new AmsGradStep(amsGrad);
        } else if (updater instanceof Nadam nadam) {
            return new NadamStep(nadam);
        } else if (updater instanceof RmsProp rmsProp) {
            return new RmsPropStep(rmsProp);
        } else if (updater instanceof AdaGrad adaGrad) {
            return new AdaGradStep(adaGrad);
        } else if (updater instanceof NoOp) {
            return new NoOpStep();
        }
        throw new IllegalArgumentException("updater " + updater);
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

    /** {@code 1 − beta^(iteration+1)} with the roundings of ND4J's single precision. */
    private static double correction(float beta, int iteration) {
        return 1.0 - (float) Math.pow(beta, iteration + 1f);
    }

    /** Adam's and AMSGrad's corrected learning rate; as in ND4J, epsilon stands in where it is 0 or not finite. */
    private static float correctedRate(double learningRate, double beta1, double beta2, float epsilon, int iteration) {
        float root = (float) Math.sqrt((float) correction((float) beta2, iteration));
        float rate = (float) ((float) learningRate * root / correction((float) beta1, iteration));
        return rate == 0 || !Float.isFinite(rate) ? epsilon : rate;
    }

    /** As ND4J has it, so that half precision would not underflow. */
    private static float epsilon(double configured) {
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

    final class SgdStep implements UpdaterStep {
        private final Sgd config;
        private float rate;

        SgdStep(Sgd config) {
            this.config = config;
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = (float) config.getLearningRate(iteration, epoch);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, float[][] state, int length) {
            float rate = this.rate;
            for (int i = 0; i < length; i++) {
                parameters[i] -= rate * gradient[i];
            }
        }
    }

    final class NesterovsStep implements UpdaterStep {
        private final Nesterovs config;
        private float rate;
        private float momentum;

        NesterovsStep(Nesterovs config) {
            this.config = config;
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = (float) config.getLearningRate(iteration, epoch);
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

        @Override
        public int states() {
            return 1;
        }
    }

    final class AdamStep implements UpdaterStep {
        private final Adam config;
        private float rate;

        AdamStep(Adam config) {
            this.config = config;
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = correctedRate(
                    config.getLearningRate(iteration, epoch),
                    config.getBeta1(),
                    config.getBeta2(),
                    UpdaterStep.epsilon(config.getEpsilon()),
                    iteration);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, float[][] state, int length) {
            float rate = this.rate;
            float epsilon = UpdaterStep.epsilon(config.getEpsilon());
            float beta1 = (float) config.getBeta1();
            float beta2 = (float) config.getBeta2();
            float rest1 = 1 - beta1;
            float rest2 = 1 - beta2;
            float[] first = state[0];
            float[] second = state[1];
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float m = beta1 * first[i] + g * rest1;
                float v = beta2 * second[i] + g * g * rest2;
                first[i] = m;
                second[i] = v;
                parameters[i] -= m * rate / ((float) Math.sqrt(v) + epsilon);
            }
        }

        @Override
        public int states() {
            return 2;
        }
    }

    final class AmsGradStep implements UpdaterStep {
        private final AMSGrad config;
        private float rate;

        AmsGradStep(AMSGrad config) {
            this.config = config;
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = correctedRate(
                    config.getLearningRate(iteration, epoch),
                    config.getBeta1(),
                    config.getBeta2(),
                    UpdaterStep.epsilon(config.getEpsilon()),
                    iteration);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, float[][] state, int length) {
            float rate = this.rate;
            float epsilon = UpdaterStep.epsilon(config.getEpsilon());
            float beta1 = (float) config.getBeta1();
            float beta2 = (float) config.getBeta2();
            float rest1 = 1 - beta1;
            float rest2 = 1 - beta2;
            float[] first = state[0];
            float[] second = state[1];
            float[] largest = state[2];
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float m = beta1 * first[i] + rest1 * g;
                float v = beta2 * second[i] + rest2 * g * g;
                float h = Math.max(largest[i], v);
                first[i] = m;
                second[i] = v;
                largest[i] = h;
                parameters[i] -= rate * m / ((float) Math.sqrt(h) + epsilon);
            }
        }

        @Override
        public int states() {
            return 3;
        }
    }

    final class NadamStep implements UpdaterStep {
        private final Nadam config;
        private float rate;
        private float correction;

        NadamStep(Nadam config) {
            this.config = config;
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = (float) config.getLearningRate(iteration, epoch);
            correction = (float) correction((float) config.getBeta1(), iteration);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, float[][] state, int length) {
            float rate = this.rate;
            float correction = this.correction;
            float epsilon = UpdaterStep.epsilon(config.getEpsilon());
            float beta1 = (float) config.getBeta1();
            float beta2 = (float) config.getBeta2();
            float rest1 = 1 - beta1;
            float rest2 = 1 - beta2;
            float[] first = state[0];
            float[] second = state[1];
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float share = g * rest1;
                float m = beta1 * first[i] + share;
                float v = beta2 * second[i] + g * g * rest2;
                first[i] = m;
                second[i] = v;
                parameters[i] -= rate * ((m * beta1 + share) / correction) / ((float) Math.sqrt(v) + epsilon);
            }
        }

        @Override
        public int states() {
            return 2;
        }
    }

    final class RmsPropStep implements UpdaterStep {
        private final RmsProp config;
        private float rate;

        RmsPropStep(RmsProp config) {
            this.config = config;
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = (float) config.getLearningRate(iteration, epoch);
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

        @Override
        public int states() {
            return 1;
        }
    }

    final class AdaGradStep implements UpdaterStep {
        private final AdaGrad config;
        private float rate;

        AdaGradStep(AdaGrad config) {
            this.config = config;
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = (float) config.getLearningRate(iteration, epoch);
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

        @Override
        public int states() {
            return 1;
        }
    }
}
