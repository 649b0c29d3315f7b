package dev.kugg.wasi.attacks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked-in answers to the attacks: a line for each call, with what Kugg and what wasmtime
 * says, and where these differ, why. A reason is a key that the text explains at its head.
 */
final class Golden {
    private static final String UNKNOWN = "?";

    private final List<String> head = new ArrayList<>();
    private final Map<String, List<Row>> attacks = new LinkedHashMap<>();

    private Golden() {}

    private record Row(String call, String kugg, String wasmtime, String why) {
        static Row of(String line) {
            String[] columns = line.split(" \\| ", -1);
            return new Row(
                    columns[0], columns[1], columns[2], columns.length > 3 ? columns[3] : "");
        }

        Row withKugg(String answer) {
            return new Row(call, answer, wasmtime, answer.equals(wasmtime) ? "" : why);
        }

        @Override
        public String toString() {
            String line = call + " | " + kugg + " | " + wasmtime;
            return why.isEmpty() ? line : line + " | " + why;
        }
    }

    static Golden of(String text) {
        Golden golden = new Golden();
        List<Row> rows = null;
        for (String line : text.lines().toList()) {
            if (line.startsWith("== ")) {
                rows = new ArrayList<>();
                golden.attacks.put(line.substring(3), rows);
            } else if (rows == null) {
                golden.head.add(line);
            } else if (!line.isEmpty()) {
                rows.add(Row.of(line));
            }
        }
        return golden;
    }

    /** {@return what does not agree with these logs, or is not explained} */
    List<String> complaints(Map<String, List<String>> logs) {
        List<String> complaints = new ArrayList<>();
        for (Map.Entry<String, List<String>> log : logs.entrySet()) {
            List<String> told =
                    attacks.getOrDefault(log.getKey(), List.of()).stream()
                            .map(row -> row.call() + " = " + row.kugg())
                            .toList();
            for (int i = 0; i < Math.max(told.size(), log.getValue().size()); i++) {
                String expected = i < told.size() ? told.get(i) : "nothing";
                String actual = i < log.getValue().size() ? log.getValue().get(i) : "nothing";
                if (!expected.equals(actual)) {
                    complaints.add(log.getKey() + ": " + actual + ", expected: " + expected);
                }
            }
        }
        attacks.forEach((attack, rows) -> rows.forEach(row -> explained(attack, row, complaints)));
        return complaints;
    }

    private void explained(String attack, Row row, List<String> complaints) {
        boolean differs = !row.kugg().equals(row.wasmtime());
        boolean known = head.stream().anyMatch(line -> line.startsWith("# " + row.why() + ": "));
        if (differs != known || row.why().isEmpty() == differs) {
            complaints.add(attack + ": " + row + ": where answers differ, a reason must be given");
        }
    }

    /** {@return the text, with Kugg's answers from these logs} */
    String updated(Map<String, List<String>> logs) {
        StringBuilder text = new StringBuilder(String.join("\n", head).strip()).append('\n');
        logs.forEach((attack, log) -> append(text, attack, log));
        return text.toString();
    }

    private void append(StringBuilder text, String attack, List<String> log) {
        text.append("\n== ").append(attack).append('\n');
        List<Row> rows = attacks.getOrDefault(attack, List.of());
        for (int i = 0; i < log.size(); i++) {
            int split = log.get(i).lastIndexOf(" = ");
            String call = log.get(i).substring(0, split);
            boolean known = i < rows.size() && rows.get(i).call().equals(call);
            Row row = known ? rows.get(i) : new Row(call, UNKNOWN, "-", "");
            text.append(row.withKugg(log.get(i).substring(split + 3))).append('\n');
        }
    }
}
