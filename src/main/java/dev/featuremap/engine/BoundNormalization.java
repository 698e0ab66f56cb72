package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * Batch normalisation: by the batch's own mean and variance in training, by the running ones otherwise. DL4J keeps the running
 * ones among the parameters and treats their change as a gradient; so does this.
 *
 * <p>Where replicas share a batch, statistics and sums over examples are the whole batch's: each replica tells its share's, and all
 * add up all of them in the same order.
 */
final class BoundNormalization implements BoundStage {
    private static final double ONE_ON_2LOGE_10 = 1 / (2 * Math.log(10));

    private final Stage.Normalization stage;
    private final boolean shared;
    private final batch_normalization_forward.primitive_desc forward;
    private final Tensor input;
    private final Tensor output;
    private final Tensor mean;
    private final Tensor variance;

    BoundNormalization(ChainBuilder builder, Stage.Normalization stage, Tensor input) {
        this.stage = stage;
        this.input = BoundReshape.pictures(builder, input);
        shared = builder.training() && !builder.seat().isAlone();
        boolean given = shared || !builder.training();
        forward = forward(builder, stage.gammaBeta() >= 0, given);
        memory.desc channels = ChainBuilder.descriptor(format_tag.x, stage.channels());
        mean = builder.tensor(channels, null);
        variance = builder.tensor(channels, null);
        Tensor result = builder.tensor(this.input.descriptor(), this.input.shape());
        if (!builder.training()) {
            readRunningStatistics(builder);
        } else if (shared) {
            // What it writes is overwritten: wanted are the share's statistics.
            normalize(builder, forward(builder, false, false), new ChainBuilder.Arguments(), result);
            exchangeStatistics(builder);
        }
        normalize(builder, forward, withGammaBeta(builder, new ChainBuilder.Arguments()), result);
        output = BoundReshape.asGiven(builder, result, input);
    }

    /** The primitive with gamma and beta or without, that takes the statistics as given or makes them. */
    private batch_normalization_forward.primitive_desc forward(
            ChainBuilder builder, boolean withGammaBeta, boolean given) {
        int flags = (withGammaBeta ? dnnl_use_scaleshift : 0) | (given ? dnnl_use_global_stats : 0);
        return new batch_normalization_forward.primitive_desc(
                new batch_normalization_forward.desc(builder.forwardKind(), input.descriptor(), stage.epsilon(), flags),
                builder.attributes(),
                builder.cpu());
    }

    private void normalize(
            ChainBuilder builder,
            batch_normalization_forward.primitive_desc primitive,
            ChainBuilder.Arguments arguments,
            Tensor result) {
        builder.call(
                new batch_normalization_forward(primitive),
                primitive,
                arguments
                        .with(DNNL_ARG_SRC, input)
                        .with(DNNL_ARG_MEAN, mean)
                        .with(DNNL_ARG_VARIANCE, variance)
                        .with(DNNL_ARG_DST, result));
    }

    /** Makes the whole batch's statistics of the shares' (Chan, Golub and LeVeque 1983). */
    private void exchangeStatistics(ChainBuilder builder) {
        int channels = (int) stage.channels();
        float examples = input.shape().examples();
        Exchange.Seat seat = builder.seat();
        float[] own = new float[2 * channels + 1];
        builder.call(
                queue -> {
                    mean.region().floats().get(0, own, 0, channels);
                    variance.region().floats().get(0, own, channels, channels);
                    own[2 * channels] = examples;
                    float[][] all = seat.all(own);
                    for (int c = 0; c < channels; c++) {
                        double count = 0;
                        double sum = 0;
                        for (float[] share : all) {
                            count += share[2 * channels];
                            sum += (double) share[2 * channels] * share[c];
                        }
                        double total = sum / count;
                        double squares = 0;
                        for (float[] share : all) {
                            double away = share[c] - total;
                            squares += share[2 * channels] * (share[channels + c] + away * away);
                        }
                        mean.region().floats().put(c, (float) total);
                        variance.region().floats().put(c, (float) (squares / count));
                    }
                },
                mean,
                variance);
    }

    private ChainBuilder.Arguments withGammaBeta(ChainBuilder builder, ChainBuilder.Arguments arguments) {
        if (stage.gammaBeta() >= 0) {
            arguments.with(DNNL_ARG_SCALE_SHIFT, builder.parameter(gammaBetaDescriptor(), stage.gammaBeta()));
        }
        return arguments;
    }

    private memory.desc gammaBetaDescriptor() {
        return ChainBuilder.descriptor(format_tag.nc, 2, stage.channels());
    }

    private void readRunningStatistics(ChainBuilder builder) {
        FloatBuffer parameters = builder.parameters().buffer();
        int channels = (int) stage.channels();
        int at = (int) stage.mean();
        builder.call(
                queue -> {
                    for (int c = 0; c < channels; c++) {
                        mean.region().floats().put(c, parameters.get(at + c));
                        float spread = parameters.get(at + channels + c);
                        variance.region().floats().put(c, stage.logStd() ? variance(spread) : spread);
                    }
                },
                mean,
                variance);
    }

    private static float variance(float logStd) {
        float deviation = (float) Math.pow(10, logStd);
        return deviation * deviation;
    }

    @Override
    public Tensor output() {
        return output;
    }

    @Override
    public Tensor backward(ChainBuilder builder, Tensor gradient, boolean inputNeeded) {
        Tensor source = BoundReshape.pictures(builder, builder.reordered(gradient, output.descriptor()));
        Tensor result = shared ? backwardShared(builder, source) : backwardAlone(builder, source);
        writeRunningChange(builder);
        return BoundReshape.asGiven(builder, result, output);
    }

    private Tensor backwardAlone(ChainBuilder builder, Tensor source) {
        int flags = stage.gammaBeta() >= 0 ? dnnl_use_scaleshift : 0;
        int kind = flags == 0 ? dnnl_backward_data : dnnl_backward;
        batch_normalization_backward.primitive_desc primitive = new batch_normalization_backward.primitive_desc(
                new batch_normalization_backward.desc(
                        kind, input.descriptor(), input.descriptor(), stage.epsilon(), flags),
                builder.attributes(),
                builder.cpu(),
                forward);
        Tensor result = builder.tensor(input.descriptor(), input.shape());
        ChainBuilder.Arguments arguments = withGammaBeta(builder, new ChainBuilder.Arguments())
                .with(DNNL_ARG_SRC, input)
                .with(DNNL_ARG_MEAN, mean)
                .with(DNNL_ARG_VARIANCE, variance)
                .with(DNNL_ARG_DIFF_DST, source)
                .with(DNNL_ARG_DIFF_SRC, result);
        if (stage.gammaBeta() >= 0) {
            arguments.with(DNNL_ARG_DIFF_SCALE_SHIFT, builder.gradient(gammaBetaDescriptor(), stage.gammaBeta()));
        }
        builder.call(new batch_normalization_backward(primitive), primitive, arguments);
        return result;
    }

    /**
     * With the statistics taken as given, oneDNN leaves out what the gradient owes to their change: −γ/(σ N)·(Σg + x̂ Σg x̂), which is a
     * normalisation of the input with a gamma and beta of its own.
     */
    private Tensor backwardShared(ChainBuilder builder, Tensor source) {
        Tensor gammaBeta = gammaBeta(builder);
        Tensor sums = builder.tensor(gammaBetaDescriptor(), null);
        Tensor result = builder.tensor(input.descriptor(), input.shape());
        batch_normalization_forward.primitive_desc hint = forward(builder, true, true);
        batch_normalization_backward.primitive_desc primitive = new batch_normalization_backward.primitive_desc(
                new batch_normalization_backward.desc(
                        dnnl_backward,
                        input.descriptor(),
                        input.descriptor(),
                        stage.epsilon(),
                        dnnl_use_scaleshift | dnnl_use_global_stats),
                builder.attributes(),
                builder.cpu(),
                hint);
        builder.call(
                new batch_normalization_backward(primitive),
                primitive,
                new ChainBuilder.Arguments()
                        .with(DNNL_ARG_SCALE_SHIFT, gammaBeta)
                        .with(DNNL_ARG_SRC, input)
                        .with(DNNL_ARG_MEAN, mean)
                        .with(DNNL_ARG_VARIANCE, variance)
                        .with(DNNL_ARG_DIFF_DST, source)
                        .with(DNNL_ARG_DIFF_SRC, result)
                        .with(DNNL_ARG_DIFF_SCALE_SHIFT, sums));
        exchangeSums(builder, sums);
        Tensor change = builder.tensor(input.descriptor(), input.shape());
        normalize(builder, hint, new ChainBuilder.Arguments().with(DNNL_ARG_SCALE_SHIFT, sums), change);
        binary.primitive_desc add = new binary.primitive_desc(
                new binary.desc(algorithm.binary_add, input.descriptor(), input.descriptor(), input.descriptor()),
                builder.attributes(),
                builder.cpu());
        builder.call(
                new binary(add),
                add,
                new ChainBuilder.Arguments()
                        .with(DNNL_ARG_SRC_0, result)
                        .with(DNNL_ARG_SRC_1, change)
                        .with(DNNL_ARG_DST, result));
        return result;
    }

    /** Gamma and beta, 1 and 0 where they are fixed. */
    private Tensor gammaBeta(ChainBuilder builder) {
        if (stage.gammaBeta() >= 0) {
            return builder.parameter(gammaBetaDescriptor(), stage.gammaBeta());
        }
        Tensor fixed = builder.tensor(gammaBetaDescriptor(), null);
        int channels = (int) stage.channels();
        builder.call(
                queue -> {
                    for (int c = 0; c < channels; c++) {
                        fixed.region().floats().put(c, 1).put(channels + c, 0);
                    }
                },
                fixed);
        return fixed;
    }

    /** Leaves the share's sums as its gradients of gamma and beta, and makes of all shares' what the input's gradient lacks. */
    private void exchangeSums(ChainBuilder builder, Tensor sums) {
        int channels = (int) stage.channels();
        float pixels = input.shape().height() * input.shape().width();
        float examples = input.shape().examples();
        FloatBuffer parameters = builder.parameters().buffer();
        FloatBuffer gradients = builder.gradients().buffer();
        int gammaBeta = (int) stage.gammaBeta();
        Exchange.Seat seat = builder.seat();
        float[] own = new float[2 * channels + 1];
        builder.call(
                queue -> {
                    sums.region().floats().get(0, own, 0, 2 * channels);
                    own[2 * channels] = examples;
                    if (gammaBeta >= 0) {
                        gradients.put(gammaBeta, own, 0, 2 * channels);
                    }
                    float[][] all = seat.all(own);
                    double count = 0;
                    for (float[] share : all) {
                        count += (double) share[2 * channels] * pixels;
                    }
                    for (int i = 0; i < 2 * channels; i++) {
                        int c = i % channels;
                        double sum = 0;
                        for (float[] share : all) {
                            sum += share[i];
                        }
                        double gamma = gammaBeta >= 0 ? parameters.get(gammaBeta + c) : 1;
                        double spread = Math.sqrt(variance.region().floats().get(c) + stage.epsilon());
                        sums.region().floats().put(i, (float) (-gamma / spread * sum / count));
                    }
                },
                sums,
                variance);
    }

    /** What has to be subtracted from the running statistics, in BatchNormalization.backpropGradient's words. */
    private void writeRunningChange(ChainBuilder builder) {
        FloatBuffer parameters = builder.parameters().buffer();
        FloatBuffer gradients = builder.gradients().buffer();
        int channels = (int) stage.channels();
        int at = (int) stage.mean();
        // One replica's is the whole batch's; the others add nothing.
        boolean first = builder.seat().replica() == 0;
        float rest = first ? (float) (1 - stage.decay()) : 0;
        builder.call(
                queue -> {
                    for (int c = 0; c < channels; c++) {
                        float batchMean = mean.region().floats().get(c);
                        float batchVariance = variance.region().floats().get(c);
                        gradients.put(at + c, (parameters.get(at + c) - batchMean) * rest);
                        float spread = parameters.get(at + channels + c);
                        gradients.put(
                                at + channels + c,
                                stage.logStd() && first
                                        ? logStdChange(spread, batchVariance)
                                        : (spread - batchVariance) * rest);
                    }
                },
                mean,
                variance);
    }

    private float logStdChange(float logStd, float batchVariance) {
        float before = variance(logStd);
        float after = (float) (before * stage.decay() + batchVariance * (1 - stage.decay()));
        return (float) (Math.log(before / after) * ONE_ON_2LOGE_10);
    }
}
