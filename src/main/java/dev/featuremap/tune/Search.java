package dev.featuremap.tune;

import java.util.OptionalDouble;

/** Draws candidates from spaces, learns how they did, and draws on. */
public interface Search {
    /**
     * Draws candidates and has each evaluated, until there are no more to be.
     *
     * @throws RuntimeException the first that an evaluation threw; no candidate is begun after it
     */
    void run(Evaluation evaluation);

    /** What a search asks about its candidates; called by several threads at a time. */
    interface Evaluation {
        /** A candidate's identity: equal for candidates that are the same in all that matters. */
        Object identity(double[] values);

        /**
         * Trains and scores a candidate.
         *
         * @param index from 0, in the order of the draws
         * @param values one for each space
         * @return its score; empty when it failed
         */
        OptionalDouble evaluate(int index, double[] values);

        /** Whether another candidate may be begun. */
        boolean mayBegin();
    }
}
