package dev.featuremap.train;

import dev.featuremap.data.BatchMemory;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.LabelledPicture;
import dev.featuremap.data.SampleSheet;
import dev.featuremap.engine.Engine;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.run.Mistakes;
import dev.featuremap.run.Mistakes.Mistake;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.RunDirectory;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** What a trained network answers to every example of a split, the test split's as a rule, and the ones it gets most wrong, for who looks at a run later. */
final class TestPredictions {
    private final ExampleSet test;
    private final Predictions predictions;

    private TestPredictions(ExampleSet test, Predictions predictions) {
        this.test = test;
        this.predictions = predictions;
    }

    /** Asks the engine once for every example. */
    static TestPredictions of(Engine engine, DataShape shape, ExampleSet examples) {
        float[] labels = new float[examples.size()];
        float[][] outputs = new float[labels.length][];
        DataSetIterator batches = examples.inOrder(Evaluator.BATCH_SIZE);
        for (int first = 0; batches.hasNext(); ) {
            DataSet batch = batches.next();
            float[][] answers = Evaluator.rows(engine.output(batch.getFeatures()));
            float[] known = labels(batch.getLabels(), shape);
            System.arraycopy(answers, 0, outputs, first, answers.length);
            System.arraycopy(known, 0, labels, first, known.length);
            first += known.length;
            BatchMemory.free(batch);
        }
        List<String> pictures =
                IntStream.range(0, examples.size()).mapToObj(examples::identity).toList();
        return new TestPredictions(examples, new Predictions(shape.classNames(), pictures, labels, outputs));
    }

    private static float[] labels(INDArray labels, DataShape shape) {
        INDArray column = shape.classNames().isEmpty() ? labels.reshape(labels.size(0)) : labels.argMax(1);
        return column.castTo(DataType.FLOAT).toFloatVector();
    }

    void writeTo(RunDirectory run) {
        run.writePredictions(predictions);
        run.writeMistakes(mistakes());
    }

    private Mistakes mistakes() {
        boolean classes = predictions.isOfClasses();
        int[] wrong = IntStream.range(0, predictions.size())
                .filter(i -> !classes || !predictions.isRight(i))
                .toArray();
        IntToDoubleFunction badness = classes
                ? i -> predictions.outputs()[i][predictions.predictedClass(i)]
                : i -> Math.abs(predictions.outputs()[i][0] - predictions.labels()[i]);
        List<Mistake> worst = IntStream.of(wrong)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -badness.applyAsDouble(i)))
                .limit(Mistakes.MOST)
                .map(this::mistake)
                .toList();
        return new Mistakes(predictions.size(), classes ? wrong.length : null, worst);
    }

    /**
     * What a run answered to some of its examples, with their pictures.
     *
     * @param predictions of all, as the run keeps them
     */
    static List<Mistake> told(ExampleSet all, Predictions predictions, List<Integer> examples) {
        TestPredictions kept = new TestPredictions(all, predictions);
        return examples.stream().map(kept::mistake).toList();
    }

    private Mistake mistake(int example) {
        LabelledPicture picture = test.picture(example);
        float[] outputs = predictions.outputs()[example];
        boolean classes = predictions.isOfClasses();
        int predicted = predictions.predictedClass(example);
        return new Mistake(
                example,
                picture.identity(),
                picture.place(),
                picture.label(),
                classes ? predictions.classNames().get(predicted) : String.format(Locale.ROOT, "%.2f", outputs[0]),
                classes ? (Double) (double) outputs[predicted] : null,
                classes ? (Double) (double) outputs[predictions.labelledClass(example)] : null,
                png(picture));
    }

    private static String png(LabelledPicture picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(small(SampleSheet.image(picture)), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Larger pictures are made smaller, so that a run with photographs stays small. */
    private static BufferedImage small(BufferedImage image) {
        double zoom = (double) Mistakes.LARGEST_SIDE / Math.max(image.getWidth(), image.getHeight());
        if (zoom >= 1) {
            return image;
        }
        int width = Math.max(1, (int) Math.round(zoom * image.getWidth()));
        int height = Math.max(1, (int) Math.round(zoom * image.getHeight()));
        BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = smaller.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            pen.drawImage(image, 0, 0, width, height, null);
        } finally {
            pen.dispose();
        }
        return smaller;
    }
}
