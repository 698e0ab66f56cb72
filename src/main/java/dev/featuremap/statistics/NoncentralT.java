package dev.featuremap.statistics;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * Student's noncentral t: of T = (Z + δ) / s, with Z standard normal and s = √(χ²/ν) independent of it.
 *
 * <p>P(T ≤ t) = ∫ f(s) Φ(t·s − δ) ds, with f the density of s (Johnson, Kotz and Balakrishnan 1995, chapter 31).
 *
 * @param freedom degrees of freedom ν
 */
record NoncentralT(int freedom) {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    /** Standard deviations outside of which nothing is left of a normal distribution at 1e-15. */
    private static final double ALL = 9;

    private static final GaussIntegratorFactory GAUSS = new GaussIntegratorFactory();
    private static final int POINTS = 48;
    private static final double PRECISION = 1e-12;
    private static final int MOST_EVALUATIONS = 1000;

    /** P(T ≤ t) at this noncentrality δ. */
    double cumulativeProbability(double t, double noncentrality) {
        if (t < 0) {
            return 1 - cumulativeProbability(-t, -noncentrality);
        }
        if (t == 0) {
            return NORMAL.cumulativeProbability(-noncentrality);
        }
        // Φ is 0 below the one and 1 above the other, however steep it is between them.
        double spread = ALL / Math.sqrt(2.0 * freedom);
        double low = Math.max((noncentrality - ALL) / t, Math.max(0, 1 - spread));
        double high = Math.min((noncentrality + ALL) / t, 1 + spread);
        double above = Gamma.regularizedGammaQ(freedom / 2.0, freedom * Math.pow(Math.max(0, high), 2) / 2);
        if (low >= high) {
            return above;
        }
        return above
                + GAUSS.legendre(POINTS, low, high)
                        .integrate(s -> density(s) * NORMAL.cumulativeProbability(t * s - noncentrality));
    }

    /** The noncentrality at which P(T ≤ t) is this probability, from 0.025 to 0.975, of four degrees of freedom or more. */
    double noncentrality(double t, double probability) {
        // T is about δ / s, and s is below 2 in 97.5 of 100 draws from four degrees of freedom on.
        double reach = 2 * Math.abs(t) + ALL;
        return new BrentSolver(PRECISION, PRECISION)
                .solve(
                        MOST_EVALUATIONS,
                        noncentrality -> cumulativeProbability(t, noncentrality) - probability,
                        -reach,
                        reach);
    }

    /** Of s: 2 (ν/2)^(ν/2) / Γ(ν/2) · s^(ν−1) · e^(−ν s²/2). */
    private double density(double s) {
        double half = freedom / 2.0;
        return Math.exp(Math.log(2)
                + half * Math.log(half)
                - Gamma.logGamma(half)
                + (freedom - 1) * Math.log(s)
                - half * s * s);
    }
}
