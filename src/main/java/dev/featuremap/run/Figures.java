package dev.featuremap.run;

import dev.featuremap.experiment.TrainingSpec.Metric;
import java.util.OptionalDouble;

/** The figures of merit of a network on some examples; null where one makes no sense for the kind of label, or is not known. */
public interface Figures {
    double loss();

    Double accuracy();

    double mse();

    double mae();

    Double r2();

    /** One of them; empty where there is none. */
    default OptionalDouble value(Metric metric) {
        Double value = switch (metric) {
            case LOSS -> (Double) loss();
            case ACCURACY -> accuracy();
            case MSE -> (Double) mse();
            case MAE -> (Double) mae();
            case R2 -> r2();
        };
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
