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
 * An updater's arithmetic, as in ND4J's native updaters, for the parameters of one DL4J {@code UpdaterBlock}.
 *
 * <p>Every loop is over plain arrays without branches, which the JIT turns into vector instructions. {@link #apply} may run on
 * several threads for ranges that do not overlap.
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

    /** The step of {@code updater} for {@code length} parameters. */
    static UpdaterStep of(IUpdater updater, int length) {
        if (updater instanceof Sgd sgd) {
            return new SgdStep(sgd);
        } else if (updater instanceof Nesterovs nesterovs) {
            return new NesterovsStep(nesterovs, length);
        } else if (updater instanceof Adam adam) {
            return new AdamStep(adam, length);
        } else if (updater instanceof AMSGrad amsGrad) {
            return new AmsGradStep(amsGrad, length);
        } else if (updater instanceof Nadam nadam) {
            return new NadamStep(nadam, length);
        } else if (updater instanceof RmsProp rmsProp) {
            return new RmsPropStep(rmsProp, length);
        } else if (updater instanceof AdaGrad adaGrad) {
            return new AdaGradStep(adaGrad, length);
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
     * @param parameters from index 0
     * @param gradient from index 0
     * @param from index of the first of them among the block's
     */
    void apply(float[] parameters, float[] gradient, int from, int length);

    /** The state in the order in which DL4J's view holds it; each array has a value per parameter. */
    default float[][] state() {
        return new float[0][];
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
        public void apply(float[] parameters, float[] gradient, int from, int length) {
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
        public void apply(float[] parameters, float[] gradient, int from, int length) {
            float rate = this.rate;
            for (int i = 0; i < length; i++) {
                parameters[i] -= rate * gradient[i];
            }
        }
    }

    final class NesterovsStep implements UpdaterStep {
        private final Nesterovs config;
        private final float[] velocity;
        private float rate;
        private float momentum;

        NesterovsStep(Nesterovs config, int length) {
            this.config = config;
            velocity = new float[length];
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = (float) config.getLearningRate(iteration, epoch);
            momentum = (float) config.currentMomentum(iteration, epoch);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, int from, int length) {
            float rate = this.rate;
            float momentum = this.momentum;
            float[] velocity = this.velocity;
            for (int i = 0; i < length; i++) {
                float before = momentum * velocity[from + i];
                float after = before - rate * gradient[i];
                velocity[from + i] = after;
                parameters[i] -= before + (-momentum - 1) * after;
            }
        }

        @Override
        public float[][] state() {
            return new float[][] {velocity};
        }
    }

    final class AdamStep implements UpdaterStep {
        private final Adam config;
        private final float[] first;
        private final float[] second;
        private float rate;

        AdamStep(Adam config, int length) {
            this.config = config;
            first = new float[length];
            second = new float[length];
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
        public void apply(float[] parameters, float[] gradient, int from, int length) {
            float rate = this.rate;
            float epsilon = UpdaterStep.epsilon(config.getEpsilon());
            float beta1 = (float) config.getBeta1();
            float beta2 = (float) config.getBeta2();
            float rest1 = 1 - beta1;
            float rest2 = 1 - beta2;
            float[] first = this.first;
            float[] second = this.second;
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float m = beta1 * first[from + i] + g * rest1;
                float v = beta2 * second[from + i] + g * g * rest2;
                first[from + i] = m;
                second[from + i] = v;
                parameters[i] -= m * rate / ((float) Math.sqrt(v) + epsilon);
            }
        }

        @Override
        public float[][] state() {
            return new float[][] {first, second};
        }
    }

    final class AmsGradStep implements UpdaterStep {
        private final AMSGrad config;
        private final float[] first;
        private final float[] second;
        private final float[] largest;
        private float rate;

        AmsGradStep(AMSGrad config, int length) {
            this.config = config;
            first = new float[length];
            second = new float[length];
            largest = new float[length];
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
        public void apply(float[] parameters, float[] gradient, int from, int length) {
            float rate = this.rate;
            float epsilon = UpdaterStep.epsilon(config.getEpsilon());
            float beta1 = (float) config.getBeta1();
            float beta2 = (float) config.getBeta2();
            float rest1 = 1 - beta1;
            float rest2 = 1 - beta2;
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float m = beta1 * first[from + i] + rest1 * g;
                float v = beta2 * second[from + i] + rest2 * g * g;
                float h = Math.max(largest[from + i], v);
                first[from + i] = m;
                second[from + i] = v;
                largest[from + i] = h;
                parameters[i] -= rate * m / ((float) Math.sqrt(h) + epsilon);
            }
        }

        @Override
        public float[][] state() {
            return new float[][] {first, second, largest};
        }
    }

    final class NadamStep implements UpdaterStep {
        private final Nadam config;
        private final float[] first;
        private final float[] second;
        private float rate;
        private float correction;

        NadamStep(Nadam config, int length) {
            this.config = config;
            first = new float[length];
            second = new float[length];
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = (float) config.getLearningRate(iteration, epoch);
            correction = (float) correction((float) config.getBeta1(), iteration);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, int from, int length) {
            float rate = this.rate;
            float correction = this.correction;
            float epsilon = UpdaterStep.epsilon(config.getEpsilon());
            float beta1 = (float) config.getBeta1();
            float beta2 = (float) config.getBeta2();
            float rest1 = 1 - beta1;
            float rest2 = 1 - beta2;
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float share = g * rest1;
                float m = beta1 * first[from + i] + share;
                float v = beta2 * second[from + i] + g * g * rest2;
                first[from + i] = m;
                second[from + i] = v;
                parameters[i] -= rate * ((m * beta1 + share) / correction) / ((float) Math.sqrt(v) + epsilon);
            }
        }

        @Override
        public float[][] state() {
            return new float[][] {first, second};
        }
    }

    final class RmsPropStep implements UpdaterStep {
        private final RmsProp config;
        private final float[] square;
        private float rate;

        RmsPropStep(RmsProp config, int length) {
            this.config = config;
            square = new float[length];
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = (float) config.getLearningRate(iteration, epoch);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, int from, int length) {
            float rate = this.rate;
            float epsilon = UpdaterStep.epsilon(config.getEpsilon());
            float decay = (float) config.getRmsDecay();
            float rest = 1 - decay;
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float s = square[from + i] * decay + g * g * rest;
                square[from + i] = s;
                parameters[i] -= rate * g / ((float) Math.sqrt(s) + epsilon);
            }
        }

        @Override
        public float[][] state() {
            return new float[][] {square};
        }
    }

    final class AdaGradStep implements UpdaterStep {
        private final AdaGrad config;
        private final float[] square;
        private float rate;

        AdaGradStep(AdaGrad config, int length) {
            this.config = config;
            square = new float[length];
        }

        @Override
        public void prepare(int iteration, int epoch) {
            rate = (float) config.getLearningRate(iteration, epoch);
        }

        @Override
        public void apply(float[] parameters, float[] gradient, int from, int length) {
            float rate = this.rate;
            float epsilon = UpdaterStep.epsilon(config.getEpsilon());
            for (int i = 0; i < length; i++) {
                float g = gradient[i];
                float s = square[from + i] + g * g;
                square[from + i] = s;
                parameters[i] -= rate * g / ((float) Math.sqrt(s) + epsilon);
            }
        }

        @Override
        public float[][] state() {
            return new float[][] {square};
        }
    }
}
