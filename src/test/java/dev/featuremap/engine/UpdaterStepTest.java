package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

class UpdaterStepTest {
    private static final int LENGTH = 1000;

    static Stream<IUpdater> updaters() {
        return Stream.of(
                new Sgd(0.1),
                new Sgd(new PolySchedule(ScheduleType.ITERATION, 0.1, 2, 100)),
                new Nesterovs(0.1, 0.9),
                new Nesterovs(new StepSchedule(ScheduleType.EPOCH, 0.1, 0.5, 1), 0.8),
                new Adam(1e-3),
                Adam.builder()
                        .learningRateSchedule(new CycleSchedule(ScheduleType.ITERATION, 1e-4, 1e-2, 40, 10, 0.1))
                        .beta1(0.8)
                        .beta2(0.99)
                        .epsilon(1e-6)
                        .build(),
                new AMSGrad(1e-3),
                new Nadam(1e-3),
                new RmsProp(1e-2),
                RmsProp.builder()
                        .learningRateSchedule(new ExponentialSchedule(ScheduleType.ITERATION, 1e-2, 0.9))
                        .rmsDecay(0.9)
                        .epsilon(1e-6)
                        .build(),
                new AdaGrad(0.1),
                new AdaDelta(),
                new AdaDelta(0.8, 1e-3));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void movesParametersAndStateAsNd4jDoes(IUpdater config) {
        UpdaterStep step = UpdaterStep.of(config).orElseThrow();
        float[] parameters = new float[LENGTH];
        float[][] state = new float[step.states()][LENGTH];
        INDArray view = Nd4j.create(DataType.FLOAT, 1, Math.max(1, (long) step.states() * LENGTH));
        GradientUpdater<?> expected = config.instantiate(step.states() == 0 ? null : view, true);
        copy(view, state);
        Random random = new Random(7);
        for (int iteration = 0; iteration < 50; iteration++) {
            int epoch = iteration / 20;
            float[] gradient = new float[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                gradient[i] = i % 10 == 0 ? 0 : (float) (random.nextGaussian() * Math.pow(10, -(i % 9)));
                parameters[i] = 0;
            }
            INDArray update = Nd4j.createFromArray(gradient);
            expected.applyUpdater(update, iteration, epoch);
            step.prepare(iteration, epoch);
            step.apply(parameters, gradient, state, LENGTH);
            assertClose(parameters, update.neg().toFloatVector());
        }
        float[][] expectedState = new float[step.states()][LENGTH];
        copy(view, expectedState);
        for (int i = 0; i < state.length; i++) {
            assertClose(state[i], expectedState[i]);
        }
    }

    private static void copy(INDArray view, float[][] state) {
        for (int i = 0; i < state.length; i++) {
            NativeFloats.bufferOf(view).get(i * LENGTH, state[i]);
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(Math.abs(expected[i]) * 2e-5f + 1e-12f));
        }
    }
}
