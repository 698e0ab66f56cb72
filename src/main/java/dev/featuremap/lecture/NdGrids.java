package dev.featuremap.lecture;

import dev.featuremap.page.Grid;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Between ND4J's arrays and grids. */
public final class NdGrids {
    private NdGrids() {}

    /** Pictures of one size as float32 features {@code [n, 1, rows, columns]}. */
    public static INDArray features(List<Grid> pictures) {
        int rows = pictures.get(0).rows();
        int columns = pictures.get(0).columns();
        float[] values = new float[pictures.size() * rows * columns];
        int at = 0;
        for (Grid picture : pictures) {
            for (double value : picture.toArray()) {
                values[at++] = (float) value;
            }
        }
        return Nd4j.create(values, pictures.size(), 1, rows, columns);
    }

    /** One feature map of {@code [n, channels, height, width]}. */
    public static Grid map(INDArray maps, int example, int channel) {
        return Grid.of(
                (int) maps.size(2), (int) maps.size(3), (row, column) -> maps.getDouble(example, channel, row, column));
    }

    /** All feature maps of one example of {@code [n, channels, height, width]}. */
    public static List<Grid> maps(INDArray maps, int example) {
        return IntStream.range(0, (int) maps.size(1))
                .mapToObj(channel -> map(maps, example, channel))
                .toList();
    }

    /** One row of {@code [n, units]}. */
    public static List<Double> row(INDArray rows, int row) {
        return DoubleStream.of(rows.getRow(row).toDoubleVector()).boxed().toList();
    }
}
