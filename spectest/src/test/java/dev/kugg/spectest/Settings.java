package dev.kugg.spectest;

/**
 * The numbers that the scripts pass on as system properties. What is no number, or out of range, is
 * an error: {@link Long#getLong} would take its default then, and nobody would notice.
 */
final class Settings {
    private Settings() {}

    /** {@return a property's number, from 1 on, or another where it is not set} */
    static int count(String property, int otherwise) {
        return (int) number(property, 1, Integer.MAX_VALUE, otherwise);
    }

    /** {@return a property's number, or another where it is not set} */
    static long number(String property, long least, long most, long otherwise) {
        String given = System.getProperty(property);
        if (given == null) {
            return otherwise;
        }
        try {
            long number = Long.decode(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Nothing to add to what is said below.
        }
        throw new IllegalArgumentException(
                "-D%s=%s: not a number from %d to %d".formatted(property, given, least, most));
    }

    /** {@return a seed, which may be any number} */
    static long seed(long otherwise) {
        return number("seed", Long.MIN_VALUE, Long.MAX_VALUE, otherwise);
    }
}
