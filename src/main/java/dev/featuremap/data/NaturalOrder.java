package dev.featuremap.data;

import java.util.Comparator;

/** Names in the order people count: runs of digits by their number (2 before 10), the rest by code unit, in any locale. */
final class NaturalOrder implements Comparator<String> {
    @Override
    public int compare(String one, String other) {
        int first = 0;
        int second = 0;
        while (first < one.length() && second < other.length()) {
            int firstEnd = end(one, first);
            int secondEnd = end(other, second);
            String part = one.substring(first, firstEnd);
            String otherPart = other.substring(second, secondEnd);
            int difference = isDigit(part.charAt(0)) && isDigit(otherPart.charAt(0))
                    ? compareNumbers(part, otherPart)
                    : part.compareTo(otherPart);
            if (difference != 0) {
                return difference;
            }
            first = firstEnd;
            second = secondEnd;
        }
        int more = Boolean.compare(first < one.length(), second < other.length());
        return more != 0 ? more : one.compareTo(other);
    }

    /** Where the digits, or what is none, end that begin here. */
    private static int end(String name, int start) {
        boolean digits = isDigit(name.charAt(start));
        int end = start + 1;
        while (end < name.length() && isDigit(name.charAt(end)) == digits) {
            end++;
        }
        return end;
    }

    /** Of any length: of two without zeros in front, the longer is the larger. */
    private static int compareNumbers(String one, String other) {
        String first = one.substring(zeros(one));
        String second = other.substring(zeros(other));
        int longer = Integer.compare(first.length(), second.length());
        return longer != 0 ? longer : first.compareTo(second);
    }

    private static int zeros(String number) {
        int zeros = 0;
        while (zeros < number.length() && number.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
