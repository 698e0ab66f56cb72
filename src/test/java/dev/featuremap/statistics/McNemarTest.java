package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class McNemarTest {
    /** The example of Fay (2010), Two-sided exact tests and matching confidence intervals, for matched pairs: 2 and 9. */
    @Test
    void givesThePublishedValue() {
        assertThat(new McNemar(2, 9).p()).isCloseTo(0.06543, within(5e-6));
        assertThat(new McNemar(2, 9).p()).isCloseTo(2 * (1 + 11 + 55) / 2048.0, within(1e-12));
    }

    @Test
    void sumsTheBinomialExactly() {
        for (int first = 0; first < 60; first += 7) {
            for (int second = 0; second < 900; second += 41) {
                assertThat(new McNemar(first, second).p()).isCloseTo(summed(first, second), within(1e-9));
                assertThat(new McNemar(second, first).p()).isEqualTo(new McNemar(first, second).p());
            }
        }
    }

    @Test
    void isOneWhereNeitherIsAhead() {
        assertThat(new McNemar(0, 0).p()).isEqualTo(1);
        assertThat(new McNemar(7, 7).p()).isEqualTo(1);
    }

    private static double summed(int first, int second) {
        int n = first + second;
        BigInteger ways = BigInteger.ONE;
        BigInteger sum = BigInteger.ONE;
        for (int k = 1; k <= Math.min(first, second); k++) {
            ways = ways.multiply(BigInteger.valueOf(n - k + 1)).divide(BigInteger.valueOf(k));
            sum = sum.add(ways);
        }
        double share = new BigDecimal(sum.shiftLeft(1))
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(n)), MathContext.DECIMAL64)
                .doubleValue();
        return Math.min(1, share);
    }
}
