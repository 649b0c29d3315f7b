package dev.kugg.spectest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All modules at hand that anybody may read, to be broken: those of the project and beside it. */
final class Specimens {
    private static final List<String> GO = List.of("reactor.wasm", "channels.wasm");

    private final List<Specimen> found = new ArrayList<>();
    private final Set<Integer> contents = new HashSet<>();

    private Specimens() {}

    /**
     * A module.
     *
     * @param name where it comes from
     * @param bytes the module
     * @param small whether there are thousands like it
     */
    record Specimen(String name, byte[] bytes, boolean small) {}

    /**
     * {@return the modules, none twice} What is not there is named as left out.
     *
     * @param step of the official suite's thousands of modules, each so manyth is taken
     */
    static List<Specimen> all(int step) throws IOException {
        Specimens specimens = new Specimens();
        specimens.addGenerated();
        specimens.addProject();
        specimens.addGo();
        specimens.addShared("bench/corpus", 1);
        specimens.addShared("conformance/guests", 1);
        specimens.addShared("conformance/spec", step);
        return specimens.found;
    }

    private void addGenerated() {
        found.add(new Specimen("generated", TestModule.generated(3), false));
    }

    private void addProject() throws IOException {
        Path root = Shared.projectRoot();
        for (Path file : modules(root)) {
            Path below = root.relativize(file);
            boolean made = false;
            for (Path part : below) {
                made |= part.toString().equals("target") || part.toString().startsWith(".");
            }
            if (!made) {
                add(below.toString(), file, false);
            }
        }
    }

    private void addGo() throws IOException {
        for (String name : GO) {
            Path file = Shared.projectRoot().resolve("examples/languages/target/go/" + name);
            if (Files.exists(file)) {
                add("go/" + name, file, false);
            } else {
                Shared.leftOut("bad input from go/" + name, "it is not built");
            }
        }
    }

    private void addShared(String folder, int step) throws IOException {
        Optional<Path> present = Shared.find(folder);
        if (present.isEmpty()) {
            Shared.leftOut("bad input from " + folder, "no ../shared/" + folder);
            return;
        }
        List<Path> files = modules(present.get());
        for (int i = 0; i < files.size(); i += step) {
            String name = present.get().relativize(files.get(i)).toString();
            add(folder + "/" + name, files.get(i), step > 1);
        }
    }

    private static List<Path> modules(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wasm")).sorted().toList();
        }
    }

    private void add(String name, Path file, boolean small) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (contents.add(java.util.Arrays.hashCode(bytes))) {
            found.add(new Specimen(name, bytes, small));
        }
    }
}
