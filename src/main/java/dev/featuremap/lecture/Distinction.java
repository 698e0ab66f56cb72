package dev.featuremap.lecture;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How strongly one filter answers two pictures: what tells them apart. Source: slides L4, L5.
 *
 * @param filter its shape
 * @param here its largest answer to the one, in ninths
 * @param there its largest answer to the other, in ninths
 */
record Distinction(String filter, double here, double there) {
    /** How far the two answers lie apart, in ninths. */
    double gap() {
        return Math.abs(here - there);
    }

    /** Each filter's, in their order. */
    static List<Distinction> of(Homework here, Homework there) {
        return IntStream.range(0, here.maps().size())
                .mapToObj(i -> new Distinction(
                        here.maps().get(i).filter(),
                        here.maps().get(i).ninths().max(),
                        there.maps().get(i).ninths().max()))
                .toList();
    }
}
