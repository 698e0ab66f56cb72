package dev.featuremap.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * Batch normalisation: by the batch's own mean and variance in training, by the running ones otherwise. DL4J keeps the running
 * ones among the parameters and treats their change as a gradient; so does this.
 */
final class BoundNormalization implements BoundStage {
    private static final double ONE_ON_2LOGE_10 = 1 / (2 * Math.log(10));

    private final Stage.Normalization stage;
    private final batch_normalization_forward.primitive_desc forward;
    private final Tensor input;
    private final Tensor output;
    private final Tensor mean;
    private final Tensor variance;

    BoundNormalization(ChainBuilder builder, Stage.Normalization stage, Tensor input) {
        this.stage = stage;
        this.input = pictures(builder, input);
        int flags =
                (stage.gammaBeta() >= 0 ? dnnl_use_scaleshift : 0) | (builder.training() ? 0 : dnnl_use_global_stats);
        forward = new batch_normalization_forward.primitive_desc(
                new batch_normalization_forward.desc(
                        builder.forwardKind(), this.input.descriptor(), stage.epsilon(), flags),
                builder.attributes(),
                builder.cpu());
        memory.desc channels = ChainBuilder.descriptor(format_tag.x, stage.channels());
        mean = builder.tensor(channels, null);
        variance = builder.tensor(channels, null);
        Tensor result = builder.tensor(this.input.descriptor(), this.input.shape());
        if (!builder.training()) {
            readRunningStatistics(builder);
        }
        builder.call(
                new batch_normalization_forward(forward),
                forward,
                withGammaBeta(builder, new ChainBuilder.Arguments())
                        .with(DNNL_ARG_SRC, this.input)
                        .with(DNNL_ARG_MEAN, mean)
                        .with(DNNL_ARG_VARIANCE, variance)
                        .with(DNNL_ARG_DST, result));
        output = asGiven(builder, result, input);
    }

    /** Rows as pictures of one pixel: oneDNN's fast forms of batch normalisation want four dimensions. */
    private static Tensor pictures(ChainBuilder builder, Tensor tensor) {
        memory.desc rows = ChainBuilder.descriptor(
                tensor.type(), format_tag.nc, tensor.shape().flatDimensions());
        boolean isRows = tensor.descriptor().equals(rows);
        return isRows ? builder.view(tensor, picturesDescriptor(tensor), tensor.shape()) : tensor;
    }

    /** {@code result} in the order of {@code given}, which {@link #pictures} may have looked at in another way. */
    private static Tensor asGiven(ChainBuilder builder, Tensor result, Tensor given) {
        boolean same = result.descriptor().equals(given.descriptor());
        return same ? result : builder.view(result, given.descriptor(), given.shape());
    }

    private static memory.desc picturesDescriptor(Tensor tensor) {
        return ChainBuilder.descriptor(
                tensor.type(), format_tag.nhwc, tensor.shape().dimensions());
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
        Tensor source = pictures(builder, builder.reordered(gradient, output.descriptor()));
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
        writeRunningChange(builder);
        return asGiven(builder, result, output);
    }

    /** What has to be subtracted from the running statistics, in BatchNormalization.backpropGradient's words. */
    private void writeRunningChange(ChainBuilder builder) {
        FloatBuffer parameters = builder.parameters().buffer();
        FloatBuffer gradients = builder.gradients().buffer();
        int channels = (int) stage.channels();
        int at = (int) stage.mean();
        float rest = (float) (1 - stage.decay());
        builder.call(
                queue -> {
                    for (int c = 0; c < channels; c++) {
                        float batchMean = mean.region().floats().get(c);
                        float batchVariance = variance.region().floats().get(c);
                        gradients.put(at + c, (parameters.get(at + c) - batchMean) * rest);
                        float spread = parameters.get(at + channels + c);
                        gradients.put(
                                at + channels + c,
                                stage.logStd() ? logStdChange(spread, batchVariance) : (spread - batchVariance) * rest);
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
