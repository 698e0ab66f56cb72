package dev.featuremap.experiment;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One run, whole: the data, the network, the loss and the training, and the one seed everything random comes from. */
public record Experiment(
        @Key("what the run is called: letters, digits, dot, dash and underscore, at most 64")
        String name,

        @Key(value = "the one seed of everything random", byDefault = "42", range = "[0, 9007199254740991]")
        long seed,

        @Key("where examples come from") DataSpec data,
        @Key("the network to train") NetworkSpec network,

        @Key("the loss to minimise; default: mcxent for classes, mse for a value, or what a saved network brings")
        Optional<Loss> loss,

        @Key("how it is trained") TrainingSpec training) {
    /** The largest seed: whatever reads the files, this whole number is exact as a double. */
    public static final long LARGEST_SEED = (1L << 53) - 1;

    /** What a name may be. */
    public static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}");

    public Experiment {
        Keys.check(Experiment.class, name, seed, data, network, loss, training);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidKey("name", '"' + name + '"', "letters, digits, dot, dash and underscore, at most 64");
        }
        if (training.labelSmoothing() > 0 && data.label() == LabelMode.VALUE) {
            throw new InvalidKey("training.labelSmoothing", training.labelSmoothing(), "0, as data.label is value");
        }
        if (network instanceof NetworkSpec.Layers layers) {
            Loss chosen = loss.orElse(data.label() == LabelMode.CLASS ? Loss.MCXENT : Loss.MSE);
            chosen.misfit(data.label(), layers.output().units(), layers.output().activation())
                    .ifPresent(misfit -> {
                        throw new InvalidKey(misfit.key(), misfit.found(), misfit.needed());
                    });
            loss = Optional.of(chosen);
            training = training.updater().isPresent()
                    ? training
                    : training.with(change -> change.updater = Optional.of(UpdaterSpec.Adam.DEFAULT));
        }
    }

    /** The same experiment, trained otherwise. */
    public Experiment with(TrainingSpec other) {
        return new Experiment(name, seed, data, network, loss, other);
    }

    /** The same experiment with its class weights as numbers, of so many training examples of each class. */
    public Experiment withClassCounts(List<Integer> counts) {
        return with(training.with(
                change -> change.classWeights = training.classWeights().map(weights -> weights.of(counts))));
    }

    /** The same experiment, called otherwise and drawn from another seed. */
    public Experiment with(String otherName, long otherSeed) {
        return new Experiment(otherName, otherSeed, data, network, loss, training);
    }

    /** Whether which examples are trained on is drawn: some are held out for validation, or for the test. */
    public boolean holdsOut() {
        return training.hasValidation() || data.holdsOutTest();
    }
}
