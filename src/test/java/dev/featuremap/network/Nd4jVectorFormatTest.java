package dev.featuremap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Of vectors longer than what is handled at a time, and of parts of others. */
class Nd4jVectorFormatTest {
    private static final INDArray LONG = Nd4j.arange(10_000).castTo(DataType.FLOAT);
    private static final INDArray PART = LONG.get(NDArrayIndex.interval(100, 5_000));

    @Test
    void writesWhatNd4jWrites() throws IOException {
        assertThat(written(LONG)).isEqualTo(writtenByNd4j(LONG));
        assertThat(written(PART)).isEqualTo(writtenByNd4j(PART.dup()));
    }

    @Test
    void findsTheFirstNumberThatIsNotFiniteWithinTheVectorAlone() {
        INDArray all = LONG.dup();
        INDArray part = all.get(NDArrayIndex.interval(100, 5_000));
        all.putScalar(99, Float.NaN);
        assertThatCode(() -> Nd4jVectorFormat.requireFinite("number", part)).doesNotThrowAnyException();

        all.putScalar(4_999, Float.POSITIVE_INFINITY);
        all.putScalar(4_500, Float.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> Nd4jVectorFormat.requireFinite("number", part))
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("number 4400 of 4900 is -Infinity");
        assertThatThrownBy(() -> Nd4jVectorFormat.requireFinite("number", all)).hasMessage("number 99 of 10000 is NaN");
    }

    private static byte[] written(INDArray vector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Nd4jVectorFormat.write(vector, bytes);
        return bytes.toByteArray();
    }

    private static byte[] writtenByNd4j(INDArray vector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Nd4j.write(vector, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
