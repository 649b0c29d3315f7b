package dev.kugg.examples.sqlite;

import dev.kugg.Kugg;
import dev.kugg.WasmModule;
import dev.kugg.wasi.Wasi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long SQLite takes here, for the script {@code measure}: the module, a folder with {@code
 * fill.sql} and {@code queries.sql}, and how many rounds. Each has a new instance and a new file.
 */
final class Measure {
    private final Map<String, List<Double>> timesMillis = new LinkedHashMap<>();
    private long answered;

    private Measure() {}

    public static void main(String[] args) throws IOException {
        String fill = Files.readString(Path.of(args[1], "fill.sql"));
        List<String> queries = Files.readAllLines(Path.of(args[1], "queries.sql"));
        var measure = new Measure();
        long start = System.nanoTime();
        WasmModule sqlite = Kugg.module(Path.of(args[0]));
        measure.took("load", start);
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            measure.round(sqlite, fill, queries);
        }
        measure.print();
    }

    private void round(WasmModule sqlite, String fill, List<String> queries) throws IOException {
        Path folder = Files.createTempDirectory("kugg-sqlite");
        Wasi wasi = Wasi.preview1().dir(folder, "/data");
        try (Database database = Database.open(sqlite, wasi, "/data/test.db")) {
            long start = System.nanoTime();
            database.exec(fill);
            took("inserts", start);
            for (int i = 0; i < queries.size(); i++) {
                start = System.nanoTime();
                String rows = database.query(queries.get(i));
                took("query " + (i + 1), start);
                answered += rows.length();
            }
        }
        Files.delete(folder.resolve("test.db"));
        Files.delete(folder);
    }

    private void took(String name, long start) {
        double millis = (System.nanoTime() - start) / 1e6;
        timesMillis.computeIfAbsent(name, each -> new ArrayList<>()).add(millis);
    }

    private void print() {
        timesMillis.forEach(
                (name, each) -> {
                    List<Double> sorted = each.stream().sorted().toList();
                    double median = sorted.get(sorted.size() / 2);
                    double best = sorted.getFirst();
                    String form = "%s\t%.1f\t%.1f\t%.1f%n";
                    System.out.printf(Locale.ROOT, form, name, each.getFirst(), median, best);
                });
        System.out.println("answers\t" + answered);
    }
}
