package dev.kugg.spectest;

import dev.kugg.WasmException;
import dev.kugg.spectest.SpecScript.Command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is known about the suite besides its commands: which version of the specification each
 * module needs.
 */
final class SpecLevels {
    /** Assertions that a later version of the specification made wrong. */
    private static final Map<String, Set<Integer>> STALE =
            Map.of(
                    "proposals/threads/imports", Set.of(310, 314, 318, 405, 409, 413),
                    "proposals/threads/memory", Set.of(14, 15));

    /** What they add to the binary format looks malformed to us. */
    private static final Set<String> UNKNOWN_PROPOSALS =
            Set.of("custom-descriptors", "compact-import-section");

    private final Map<String, String> levels = new HashMap<>();

    SpecLevels(Path suite) throws IOException {
        for (String line : Files.readAllLines(suite.resolve("levels.txt"))) {
            String[] words = line.split(" ", 2);
            levels.put(words[1], words[0]);
        }
    }

    /** {@return whether a command demands what a later version of the specification changed} */
    boolean isStale(SpecScript script, Command command) {
        return STALE.getOrDefault(script.name(), Set.of()).contains(command.line());
    }

    /** {@return whether a module is one of WebAssembly 1.0 or 2.0} */
    boolean isEarly(SpecScript script, String file) {
        return Set.of("1.0", "2.0").contains(levels.getOrDefault(script.pathOf(file), ""));
    }

    /**
     * {@return the proposal that a script is about, if Kugg cannot even name it, or an empty
     * string}
     */
    static String unknownProposal(SpecScript script) {
        String[] folders = script.name().split("/");
        return UNKNOWN_PROPOSALS.contains(folders[1]) ? folders[1] : "";
    }

    /** {@return the feature that a refusal names} */
    static String feature(WasmException unsupported) {
        return String.valueOf(unsupported.getMessage())
                .replaceFirst("^unsupported: ", "")
                .split("[ :,;(]", 2)[0];
    }
}
