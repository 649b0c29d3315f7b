package dev.kugg.spectest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Makes a module smaller with {@code wasm-tools shrink}, which asks a program about each candidate.
 * That program is a script that passes the question on to this JVM through two pipes, as starting
 * another JVM each time would take too long.
 */
final class Shrinking {
    private static final long SECONDS_MAX = 120;
    private static final String SCRIPT =
            """
            #!/bin/sh
            cd "$(dirname "$0")"
            echo "$1" > question
            read -r verdict < answer
            exit "$verdict"
            """;

    private final Smith smith;
    private final Predicate<Path> wanted;
    private final Path folder;

    /**
     * @param wanted says of a candidate's file whether it still has what is looked for
     */
    Shrinking(Smith smith, Predicate<Path> wanted) throws IOException {
        this.smith = smith;
        this.wanted = wanted;
        folder = Files.createTempDirectory("kugg-shrink");
    }

    /**
     * Writes a smaller module. Whatever fails, nothing is written, and the larger one has to do.
     */
    void shrink(Path module, Path smaller) throws IOException, InterruptedException {
        Path script = folder.resolve("ask");
        Files.writeString(script, SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Path question = pipe("question");
        Path answer = pipe("answer");
        Thread answering = Thread.ofPlatform().daemon().start(() -> answer(question, answer));
        List<String> arguments =
                List.of(script.toString(), module.toString(), "-o", smaller.toString());
        Process process = smith.start("shrink", arguments);
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        answering.interrupt();
        Files.writeString(question, "\n");
        answering.join(TimeUnit.SECONDS.toMillis(5));
        for (String name : List.of("ask", "question", "answer")) {
            Files.delete(folder.resolve(name));
        }
        Files.delete(folder);
    }

    private Path pipe(String name) throws IOException, InterruptedException {
        Path pipe = folder.resolve(name);
        new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
        return pipe;
    }

    private void answer(Path question, Path answer) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                String candidate = Files.readString(question).strip();
                if (!candidate.isEmpty()) {
                    Files.writeString(answer, wanted.test(Path.of(candidate)) ? "0\n" : "1\n");
                }
            }
        } catch (IOException e) {
            // The pipes are gone: so is whoever asked.
        }
    }
}
