package dev.featuremap.report;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.network.ShapeTable;
import dev.featuremap.run.RunDirectory;
import java.util.List;

/**
 * What was trained, layer by layer.
 *
 * @param input the picture's shape
 */
record NetworkTable(String input, List<Row> rows, long parameters) {
    /** One layer; its output shape is per example. */
    record Row(String type, String arithmetic, String output, long parameters, String parameterArithmetic) {}

    /** A saved network is read as the run kept it: the file it came from may have changed since. */
    static NetworkTable of(RunDirectory run, Experiment experiment, DataShape shape) {
        ShapeTable table = experiment.network() instanceof NetworkSpec.Saved
                ? ShapeTable.of(run.network(), shape)
                : ShapeTable.of(experiment, shape);
        return new NetworkTable(
                table.input().toString(),
                table.rows().stream()
                        .map(row -> new Row(
                                row.type(),
                                row.arithmetic(),
                                row.output().toString(),
                                row.parameters(),
                                row.parameterArithmetic()))
                        .toList(),
                table.parameters());
    }
}
