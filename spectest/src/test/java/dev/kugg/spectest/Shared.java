package dev.kugg.spectest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds what these tests read from outside the test class path: the project's own files, and the
 * folder beside the project that holds the official suite and the benchmark corpus. That folder is
 * not part of the project: a test that needs it and does not find it passes, and says what it left
 * out.
 */
final class Shared {
    private Shared() {}

    /** {@return a file or folder of the shared folder, or empty when it is not there} */
    static Optional<Path> find(String path) {
        return Optional.of(folder().resolve(path)).filter(Files::exists);
    }

    /** Prints the one line that says what a test could not do. */
    static void leftOut(String what, String why) {
        System.out.println("left out: " + what + " (" + why + ")");
    }

    /** {@return the folder of the whole project, wherever in it the tests are started} */
    static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("spectest/pom.xml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not started inside the project");
            }
        }
        return folder;
    }

    /** {@return the bytes of a test resource beside this class} */
    static byte[] resource(String name) {
        try (InputStream in = Shared.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no test resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String given = System.getProperty("kugg.shared", System.getenv("KUGG_SHARED"));
        return given != null ? Path.of(given) : projectRoot().resolveSibling("shared");
    }
}
