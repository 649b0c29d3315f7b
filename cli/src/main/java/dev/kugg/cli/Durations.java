package dev.kugg.cli;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Durations as they are typed: {@code 500ms}, {@code 2s}, {@code 1m}, {@code 3h}. */
final class Durations {
    private Durations() {}

    /** {@return the duration, or null if the text is none or it is zero} */
    static @Nullable Duration parse(String text) {
        int digits = 0;
        while (digits < text.length() && isDigit(text.charAt(digits))) {
            digits++;
        }
        long unitMillis = unitMillis(text.substring(digits));
        if (digits == 0 || digits > 18 || unitMillis == 0) {
            return null;
        }
        long count = Long.parseLong(text.substring(0, digits));
        if (count == 0 || count > Long.MAX_VALUE / unitMillis) {
            return null;
        }
        return Duration.ofMillis(count * unitMillis);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 0;
        };
    }
}
