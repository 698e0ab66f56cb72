package dev.featuremap.statistics;

/** Student's t in closed form (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4), to hold p-values against. */
final class ClosedStudentT {
    private ClosedStudentT() {}

    /** P(T ≤ t). */
    static double cumulativeProbability(double t, int freedom) {
        double angle = Math.atan(t / Math.sqrt(freedom));
        double cosine = Math.cos(angle);
        boolean odd = freedom % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = freedom == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k < freedom; k += 2) {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }
        double within = Math.sin(angle) * sum;
        return 0.5 + (odd ? (angle + within) / Math.PI : within / 2);
    }
}
