package dev.featuremap.report;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.RunDirectory;
import java.util.List;

record NetworkTable(String input, List<Row> rows, long parameters) {
    record Row(String type, String arithmetic, String output, long parameters, String parameterArithmetic) {}

    static NetworkTable of(RunDirectory run, Experiment experiment, DataShape shape) {
        return null;
    }
}
