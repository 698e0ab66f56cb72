package dev.featuremap.cli;

import dev.featuremap.compare.ComparisonFile;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.KeyDescription;
import dev.featuremap.tune.TuningFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The kinds of files that say what is run, each with a page of its keys in {@code docs}. */
enum FileKind {
    EXPERIMENT,
    COMPARE,
    TUNE;

    /** How all three are read. */
    private static final String RULES = """

            - A key without a default is **required** where it says so; otherwise it may be left away, and its meaning says what
              happens then.
            - *where* tells with which choice a key is there: `type: convolution` means only in a map with that type,
              `with saved` only beside the key `saved`.
            - A range is in the notation of mathematics: `[1, 9]` with its ends, `(0, 1)` without.
            - A type such as *truncate, strict, same* lists the words to choose from. A map of keys has a section of its own.
            - `[]` stands for a place in a list: the first layer is `network.layers.0`, or `network.layers[0]`, whose brackets many
              shells want quoted.
            - On the command line a value is what stands after the first `=`, whatever its characters; only what begins with a
              bracket or is in quotes of its own is YAML: `'data={source: images, folder: "/x/batch #2"}'`.
            - A relative path counts from the folder the command is started in or, where there is nothing of that name, from the
              project's folder; `~/` at its start is the home folder. `config show` and a run's `experiment.yaml` have it absolute.
            - An unknown or repeated key, a wrong type, or a number out of range is an error that names the file, the line, the key and
              what is allowed.
            """;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<KeyDescription> keys() {
        return switch (this) {
            case EXPERIMENT -> ExperimentFile.keys();
            case COMPARE -> ComparisonFile.keys();
            case TUNE -> TuningFile.keys();
        };
    }

    Map<String, Object> schema() {
        return switch (this) {
            case EXPERIMENT -> ExperimentFile.schema();
            case COMPARE -> ComparisonFile.schema();
            case TUNE -> TuningFile.schema();
        };
    }

    /** The page's beginning, before the tables. */
    String introduction() {
        return switch (this) {
                    case EXPERIMENT -> """
                            # The experiment file

                            One file in `conf/experiment` is one run. Below are all its keys: made from the program's own declarations by
                            `./featuremap config keys --markdown`, never by hand.

                            Any key can be set for one run by its path: `./featuremap train CONF training.epochs=1 network.layers.0.filters=8`.
                            `./featuremap config show CONF` prints a file with every default in its place.
                            """;
                    case COMPARE -> """
                            # The comparison file

                            One file in `conf/compare` is one comparison, which `./featuremap compare` makes. Below are all its keys: made from the
                            program's own declarations by `./featuremap config keys compare --markdown`, never by hand. [comparisons.md](comparisons.md)
                            says how a comparison is made and read.

                            On the command line `comparison.seeds=3` sets the comparison's own key; any other key, such as
                            `training.epochs=1`, is the experiment's, for every member. The experiment's keys, which `set` takes too:
                            [experiment-file.md](experiment-file.md).
                            """;
                    case TUNE -> """
                            # The tuning file

                            One file in `conf/tune` is one search, which `./featuremap tune` makes. Below are all its keys: made from the program's own
                            declarations by `./featuremap config keys tune --markdown`, never by hand. [tuning.md](tuning.md) says how a search is
                            made and read.

                            On the command line `tune.candidates=5` sets the search's own key; any other key, such as `training.epochs=1` or
                            `'loss={choice: [mse, mae]}'`, is the experiment's. Its keys are those of [experiment-file.md](experiment-file.md), and in
                            the place of a value may stand a space:

                            | space | values |
                            | --- | --- |
                            | `{uniform: [low, high]}` | real numbers, each as likely as the others |
                            | `{log: [low, high]}` | real numbers above 0, each order of magnitude as likely as the others |
                            | `{int: [low, high]}` | whole numbers, both ends among them |
                            | `{choice: [a, b, c]}` | one of the values, of any kind |
                            | `{optional: LAYER}` in a list of layers | the layer, or none |
                            | `{repeat: [low, high], layers: [...]}` in a list of layers | the block, so many times |
                            """;
                }
                + RULES;
    }
}
