package dev.featuremap.statistics;

/** A 95 % confidence interval, both ends included, in the unit of what it is an interval of. */
public record Interval(double low, double high) {
    /** The chance that is left out at each end. */
    static final double TAIL = 0.025;

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("no interval reaches from " + low + " to " + high);
        }
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    public double halfWidth() {
        return (high - low) / 2;
    }
}
