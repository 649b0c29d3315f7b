package dev.kugg.cli;

import dev.kugg.Limits;

import java.util.List;

/** Limits as they are typed: {@code memory-pages=256}. */
final class GuestLimits {
    private GuestLimits() {}

    /**
     * {@return the usual limits, with those that are given instead}
     *
     * @throws FailureException if one is none
     */
    static Limits parse(List<String> texts) throws FailureException {
        Limits limits = Limits.DEFAULT;
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new FailureException("usage", "--limit: '" + text + "' is not NAME=N");
            }
            try {
                limits = set(limits, text.substring(0, equals), text.substring(equals + 1));
            } catch (NumberFormatException e) {
                throw new FailureException("usage", "--limit: '" + text + "' has no number");
            } catch (IllegalArgumentException e) {
                throw new FailureException("usage", "--limit: " + e.getMessage());
            }
        }
        return limits;
    }

    private static Limits set(Limits limits, String name, String number) throws FailureException {
        return switch (name) {
            case "memory-pages" -> limits.withMemoryPages(Integer.parseInt(number));
            case "table-elements" -> limits.withTableElements(Integer.parseInt(number));
            case "body-bytes" -> limits.withBodyBytes(Integer.parseInt(number));
            case "compile-work" -> limits.withCompileWork(Long.parseLong(number));
            default ->
                    throw new FailureException(
                            "usage",
                            "--limit: no limit is called '"
                                    + name
                                    + "'; there are memory-pages, table-elements, body-bytes,"
                                    + " compile-work");
        };
    }
}
