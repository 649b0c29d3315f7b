package dev.kugg.spectest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One file of the official suite: commands, in their order, beside the binary modules they name.
 *
 * @param name the file's name below the suite, such as {@code core/address}
 * @param folder where its modules are
 * @param commands the commands
 */
record SpecScript(String name, Path folder, List<Command> commands) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One command of the suite's JSON form.
     *
     * @param type what to do, such as {@code assert_return}
     * @param line the line in the suite's source
     * @param json the whole command
     */
    record Command(String type, int line, JsonNode json) {
        /** {@return a field of the command, or an empty string} */
        String text(String field) {
            return json.path(field).asText();
        }

        /** {@return the binary module's file name, or an empty string when there is only text} */
        String binary() {
            if (json.has("binary_filename")) {
                return text("binary_filename");
            }
            return text("module_type").equals("text") ? "" : text("filename");
        }

        /** {@return whether the command is about a module that exists as text only} */
        boolean textOnly() {
            return text("module_type").equals("text") && binary().isEmpty();
        }

        boolean isAssertion() {
            return type.startsWith("assert_");
        }
    }

    /** {@return the scripts below a folder, by name} */
    static List<SpecScript> all(Path suite) throws IOException {
        List<SpecScript> scripts = new ArrayList<>();
        for (JsonNode file : JSON.readTree(suite.resolve("index.json").toFile())) {
            scripts.add(read(suite.resolve(file.path("path").asText()), suite));
        }
        scripts.sort((a, b) -> a.name.compareTo(b.name));
        return scripts;
    }

    /** {@return whether the script is about WebAssembly 1.0 and 2.0 without SIMD, most of all} */
    boolean isEarly() {
        return name.startsWith("core/") || name.startsWith("bulk-memory/");
    }

    /** {@return the bytes of a module beside the script} */
    byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    /** {@return a module's path below the suite, as its list of levels names it} */
    String pathOf(String file) {
        return name + "/" + file;
    }

    private static SpecScript read(Path path, Path suite) throws IOException {
        List<Command> commands = new ArrayList<>();
        for (JsonNode json : JSON.readTree(path.toFile()).path("commands")) {
            String type = json.path("type").asText();
            commands.add(new Command(type, json.path("line").asInt(), json));
        }
        Path folder = path.getParent();
        String name = suite.relativize(folder).toString().replace('\\', '/');
        return new SpecScript(name, folder, commands);
    }
}
