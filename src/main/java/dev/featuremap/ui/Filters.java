package dev.featuremap.ui;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.report.FirstLayer;
import dev.featuremap.run.Checkpoint;
import dev.featuremap.run.PartialRun;
import dev.featuremap.run.RunDirectory;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The first layer's weights as pictures; none where they do not lie on the picture's pixels, or the run has no model.
 *
 * @param step of the checkpoint whose they are; null for those of the run's end
 */
@JsonInclude(Include.NON_NULL)
record Filters(Long step, List<Tile> tiles) {
    /** @param png as an address that holds it */
    record Tile(String name, String png, int columns, int rows) {}

    static Filters of(RunDirectory run) {
        Optional<PartialRun> partial = run.partial();
        if (partial.isPresent()) {
            Checkpoint newest = partial.get().checkpoint();
            return of(newest.training().step(), newest.model(), partial.get().data());
        }
        return run.hasModel() ? of(null, run.model(), run.result().data()) : new Filters(null, List.of());
    }

    private static Filters of(Long step, MultiLayerNetwork network, DataShape data) {
        return new Filters(
                step,
                FirstLayer.of(network, data).stream()
                        .flatMap(layer -> layer.tiles().stream())
                        .map(tile -> new Tile(tile.caption(), tile.png(), tile.columns(), tile.rows()))
                        .toList());
    }
}
