package dev.featuremap.network;

import dev.featuremap.experiment.UpdaterSpec;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** DL4J's updater for each {@link UpdaterSpec}. */
final class Updaters {
    private Updaters() {}

    static IUpdater updater(UpdaterSpec spec) {
        if (spec instanceof UpdaterSpec.Sgd sgd) {
            return LearningRates.set(sgd.learningRate(), new Sgd());
        }
        if (spec instanceof UpdaterSpec.Nesterovs nesterovs) {
            return LearningRates.set(nesterovs.learningRate(), new Nesterovs(nesterovs.momentum()));
        }
        if (spec instanceof UpdaterSpec.Adam adam) {
            double initial = adam.learningRate().initial();
            return LearningRates.set(
                    adam.learningRate(), new Adam(initial, adam.beta1(), adam.beta2(), adam.epsilon()));
        }
        if (spec instanceof UpdaterSpec.AmsGrad amsGrad) {
            double initial = amsGrad.learningRate().initial();
            return LearningRates.set(
                    amsGrad.learningRate(), new AMSGrad(initial, amsGrad.beta1(), amsGrad.beta2(), amsGrad.epsilon()));
        }
        if (spec instanceof UpdaterSpec.Nadam nadam) {
            double initial = nadam.learningRate().initial();
            return LearningRates.set(
                    nadam.learningRate(), new Nadam(initial, nadam.beta1(), nadam.beta2(), nadam.epsilon()));
        }
        if (spec instanceof UpdaterSpec.RmsProp rmsProp) {
            double initial = rmsProp.learningRate().initial();
            return LearningRates.set(rmsProp.learningRate(), new RmsProp(initial, rmsProp.decay(), rmsProp.epsilon()));
        }
        if (spec instanceof UpdaterSpec.AdaGrad adaGrad) {
            double initial = adaGrad.learningRate().initial();
            return LearningRates.set(adaGrad.learningRate(), new AdaGrad(initial, adaGrad.epsilon()));
        }
        if (spec instanceof UpdaterSpec.AdaDelta adaDelta) {
            return new AdaDelta(adaDelta.rho(), adaDelta.epsilon());
        }
        throw new IllegalStateException("no updater of DL4J's for " + spec);
    }
}
