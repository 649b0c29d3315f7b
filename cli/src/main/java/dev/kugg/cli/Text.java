package dev.kugg.cli;

/** Text for a terminal. */
final class Text {
    private Text() {}

    /**
     * {@return a text without characters that would control the terminal} Names in a module are the
     * guest's choice; those characters are shown as {@code \}{@code u001b}. A line feed stays.
     */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPrintable(c)) {
                printable.append(c);
            } else {
                printable.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    printable.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            }
        }
        return printable.toString();
    }

    /** Formats are invisible: among them are those that turn the direction of writing round. */
    private static boolean isPrintable(char c) {
        return c == '\n'
                || !Character.isISOControl(c)
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.LINE_SEPARATOR
                        && Character.getType(c) != Character.PARAGRAPH_SEPARATOR;
    }
}
