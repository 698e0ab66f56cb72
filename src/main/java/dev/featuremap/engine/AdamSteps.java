package dev.featuremap.engine;

import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nadam;

/** Adam and its relatives, which divide a mean of gradients by the root of a mean of their squares. */
final class AdamSteps {
    private AdamSteps() {}

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

    static final class AdamStep extends UpdaterStep.Rated<Adam> {
        AdamStep(Adam config) {
            super(config, 2);
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
    }

    static final class AmsGradStep extends UpdaterStep.Rated<AMSGrad> {
        AmsGradStep(AMSGrad config) {
            super(config, 3);
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
    }

    static final class NadamStep extends UpdaterStep.Rated<Nadam> {
        private float correction;

        NadamStep(Nadam config) {
            super(config, 2);
        }

        @Override
        public void prepare(int iteration, int epoch) {
            super.prepare(iteration, epoch);
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
    }
}
