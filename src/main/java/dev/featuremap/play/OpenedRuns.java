package dev.featuremap.play;

import dev.featuremap.Failure;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.LabelledPicture;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Split;
import dev.featuremap.page.Edition;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.train.SavedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One run or two with what a page to play with shows of them; their networks are open until this is closed. */
public final class OpenedRuns implements AutoCloseable {
    private final List<SavedRun> open = new ArrayList<>();
    private final List<PlayedRun> runs = new ArrayList<>();
    private List<PlayPicture> tests = List.of();

    private OpenedRuns() {}

    /**
     * Opens runs that have ended.
     *
     * @param data where the runs' own test pictures may be; nothing is to be fetched for a page
     * @param withoutPictures is told why a run's test pictures are not here: the page then has none
     * @throws Failure when a run has no model, or one that is refused
     */
    public static OpenedRuns of(List<RunDirectory> directories, DataFolder data, Consumer<Failure> withoutPictures) {
        OpenedRuns opened = new OpenedRuns();
        try {
            directories.forEach(directory -> opened.add(directory, data, withoutPictures));
            return opened;
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** The page in one language. */
    public String html(Edition edition) {
        boolean fitting = open.get(0).experiment().data() instanceof DataSpec.Mnist;
        return PlayPage.html(runs, tests, fitting, edition);
    }

    @Override
    public void close() {
        open.forEach(SavedRun::close);
    }

    private void add(RunDirectory directory, DataFolder data, Consumer<Failure> withoutPictures) {
        SavedRun saved = SavedRun.open(directory);
        open.add(saved);
        Optional<ExampleSet> examples = testExamples(saved, data, withoutPictures);
        if (runs.isEmpty()) {
            tests = examples.map(all -> first(all, PlayPage.testPictures(saved.input())))
                    .orElse(List.of());
        }
        runs.add(new PlayedRun(
                saved.name(),
                saved.network(),
                saved.input(),
                mistakes(directory, examples),
                saved.epoch(),
                saved.otherEpochs()));
    }

    private static Optional<ExampleSet> testExamples(
            SavedRun saved, DataFolder data, Consumer<Failure> withoutPictures) {
        try {
            return Optional.of(saved.examples(Split.TEST, data));
        } catch (Failure notHere) {
            withoutPictures.accept(notHere);
            return Optional.empty();
        }
    }

    private static List<PlayPicture> mistakes(RunDirectory run, Optional<ExampleSet> examples) {
        return examples.stream()
                .flatMap(all -> run.mistakes().stream()
                        .flatMap(mistakes -> mistakes.worst().stream())
                        .map(mistake -> picture(all, mistake.index())))
                .toList();
    }

    private static List<PlayPicture> first(ExampleSet examples, int most) {
        return IntStream.range(0, Math.min(most, examples.size()))
                .mapToObj(index -> picture(examples, index))
                .toList();
    }

    private static PlayPicture picture(ExampleSet examples, int index) {
        LabelledPicture picture = examples.picture(index);
        return new PlayPicture(picture.identity(), picture.label(), picture.levels());
    }
}
