package dev.featuremap.data;

import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Makes one-hot labels −1 and +1, as hinge losses want them.
 *
 * <p>It changes zeros only, so that twice is the same as once: {@code RecordReaderDataSetIterator} processes a batch a
 * second time after {@code totalOutcomes()}.
 */
final class SignedLabels implements DataSetPreProcessor {
    private static final long serialVersionUID = 1L;

    @Override
    public void preProcess(DataSet batch) {
        BooleanIndexing.replaceWhere(batch.getLabels(), -1, Conditions.equals(0));
    }
}
