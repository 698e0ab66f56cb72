package dev.featuremap.data;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in the order people count: runs of digits by their number (2 before 10), the rest by code unit, in any locale. */
final class NaturalOrder implements Comparator<String> {
    private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");

    @Override
    public int compare(String one, String other) {
        Matcher first = PART.matcher(one);
        Matcher second = PART.matcher(other);
        while (true) {
            boolean more = first.find();
            if (more != second.find()) {
                return more ? 1 : -1;
            }
            if (!more) {
                return one.compareTo(other);
            }
            int difference = compareParts(first.group(), second.group());
            if (difference != 0) {
                return difference;
            }
        }
    }

    private static int compareParts(String one, String other) {
        return isNumber(one) && isNumber(other)
                ? new BigInteger(one).compareTo(new BigInteger(other))
                : one.compareTo(other);
    }

    private static boolean isNumber(String part) {
        return part.charAt(0) >= '0' && part.charAt(0) <= '9';
    }
}
