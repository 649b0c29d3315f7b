package dev.kugg.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds wasm files for tests: those of the project, and those of the folder beside it. */
public final class WasmFiles {
    private WasmFiles() {}

    /** {@return the folder of the whole project, wherever in it the tests are started} */
    public static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("spectest/pom.xml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not started inside the project");
            }
        }
        return folder;
    }

    /** {@return a path in the folder of data that is not part of the project; it may not exist} */
    public static Path shared(String path) {
        String given = System.getProperty("kugg.shared", System.getenv("KUGG_SHARED"));
        Path folder = given == null ? projectRoot().resolveSibling("shared") : Path.of(given);
        return folder.resolve(path);
    }

    /** Prints the one line that says what a test could not do. */
    public static void leftOut(String what, String why) {
        System.out.println("left out: " + what + " (" + why + ")");
    }

    /** {@return the wasm files of a folder and its subfolders, in the order of their names} */
    public static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wasm"))
                    .filter(file -> !isCopyOrTool(folder.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Maven copies, and what tools keep in folders like {@code .kugg}. */
    private static boolean isCopyOrTool(Path file) {
        for (Path part : file) {
            String name = part.toString();
            if (name.startsWith(".") || name.endsWith("classes")) {
                return true;
            }
        }
        return false;
    }
}
