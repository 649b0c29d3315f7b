package dev.kugg.spectest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Draws time against size, a panel for each shape, both axes logarithmic: what is linear rises like
 * the grey line, what is quadratic twice as steeply.
 */
final class ScalePlot {
    private static final int COLUMNS = 4;
    private static final int WIDTH = 230;
    private static final int HEIGHT = 190;
    private static final int MARGIN = 36;
    private static final double DECADES = 5;
    private static final double MILLIS_MIN = 0.1;

    private final StringBuilder out = new StringBuilder();

    private ScalePlot() {}

    /** {@return a picture of these measurements} */
    static String svg(List<Scale.Row> rows) {
        Map<Shape, List<Scale.Row>> panels = new LinkedHashMap<>();
        for (Scale.Row row : rows) {
            panels.computeIfAbsent(row.shape(), shape -> new ArrayList<>()).add(row);
        }
        ScalePlot plot = new ScalePlot();
        plot.line(
                ("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'"
                                + " font-family='sans-serif' font-size='10'>")
                        .formatted(
                                COLUMNS * WIDTH,
                                (panels.size() + COLUMNS - 1) / COLUMNS * HEIGHT + 24));
        plot.line("<rect width='100%' height='100%' fill='white'/>");
        int number = 0;
        for (Map.Entry<Shape, List<Scale.Row>> panel : panels.entrySet()) {
            int x = number % COLUMNS * WIDTH;
            int y = number / COLUMNS * HEIGHT;
            plot.line("<g transform='translate(%d %d)'>".formatted(x, y));
            plot.panel(panel.getKey(), panel.getValue());
            plot.line("</g>");
            number++;
        }
        int bottom = (panels.size() + COLUMNS - 1) / COLUMNS * HEIGHT + 14;
        plot.line(
                ("<text x='8' y='%d'>ms against size: <tspan fill='#06c'>load</tspan>, <tspan"
                                + " fill='#c40'>first calls</tspan>; grey: linear</text>")
                        .formatted(bottom));
        plot.line("</svg>");
        return plot.out.toString();
    }

    private void panel(Shape shape, List<Scale.Row> rows) {
        double last = Math.log10(rows.getLast().size());
        line(
                "<text x='%d' y='14' font-weight='bold'>%s</text>"
                        .formatted(MARGIN, shape.name().toLowerCase(Locale.ROOT)));
        for (int decade = 0; decade <= DECADES; decade++) {
            double y = y(MILLIS_MIN * Math.pow(10, decade));
            line(
                    ("<path d='M%d %.1fH%d' stroke='#eee'/><text x='%d' y='%.1f'"
                                    + " text-anchor='end'>%s</text>")
                            .formatted(
                                    MARGIN,
                                    y,
                                    WIDTH - 10,
                                    MARGIN - 4,
                                    y + 3,
                                    decade == 0
                                            ? "0.1"
                                            : Integer.toString((int) Math.pow(10, decade - 1))));
        }
        line(
                "<text x='%d' y='%d' text-anchor='end'>%,d</text>"
                        .formatted(WIDTH - 10, HEIGHT - 8, rows.getLast().size()));
        double top = Math.log10(Math.max(rows.getLast().load(), MILLIS_MIN));
        line(
                "<path d='M%.1f %.1fL%.1f %.1f' stroke='#bbb' stroke-dasharray='3'/>"
                        .formatted(
                                x(last - 1.5, last),
                                y(Math.pow(10, top - 1.5)),
                                x(last, last),
                                y(rows.getLast().load())));
        curve(rows, last, "#06c", Scale.Row::load);
        curve(rows.stream().filter(Scale.Row::ran).toList(), last, "#c40", Scale.Row::first);
    }

    private void curve(
            List<Scale.Row> rows, double last, String colour, ToDoubleFunction<Scale.Row> millis) {
        StringBuilder path = new StringBuilder();
        for (Scale.Row row : rows) {
            double x = x(Math.log10(row.size()), last);
            double y = y(millis.applyAsDouble(row));
            path.append(path.isEmpty() ? 'M' : 'L').append(number(x)).append(' ').append(number(y));
            line("<circle cx='%.1f' cy='%.1f' r='2' fill='%s'/>".formatted(x, y, colour));
        }
        line("<path d='%s' fill='none' stroke='%s'/>".formatted(path, colour));
    }

    /** The largest size stands at the right; a decade of sizes is as long as two of times. */
    private static double x(double size, double last) {
        return WIDTH - 10 - (last - size) * 2 * decade();
    }

    private static double y(double millis) {
        return HEIGHT - 24 - Math.log10(Math.max(millis, MILLIS_MIN) / MILLIS_MIN) * decade();
    }

    private static double decade() {
        return (HEIGHT - 48) / DECADES;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
