package dev.featuremap.ui;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.run.ModelInput;
import dev.featuremap.run.PartialRun;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunTags;
import java.util.List;
import java.util.Optional;

/**
 * A run, a comparison or a search as it is told.
 *
 * @param status of a run, in words; null for the others
 * @param input how a picture is made into what the run's network takes, with its shape and classes; null where that is not known
 * @param result what came of the run, or of one that has not ended what there is; null before its data are known
 */
@JsonInclude(Include.NON_NULL)
record Described(String name, String status, List<String> tags, String note, ModelInput input, RunResult result) {
    static Described of(Place place) {
        RunTags tags = RunTags.of(place.folder());
        Optional<RunDirectory> run = place.run();
        return new Described(
                place.name(),
                run.map(LiveRun::status).orElse(null),
                tags.tags(),
                tags.note(),
                run.flatMap(RunDirectory::modelInput).orElse(null),
                run.map(Described::result).orElse(null));
    }

    private static RunResult result(RunDirectory run) {
        return run.hasResult()
                ? run.result()
                : run.partial().map(PartialRun::result).orElse(null);
    }
}
