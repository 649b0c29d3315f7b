package dev.kugg.spectest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Makes a module smaller with {@code wasm-tools shrink}, which asks a program about each candidate.
 * That program is a script that passes the question on to this JVM in a file and waits for another
 * one with the answer, as starting a JVM each time would take too long.
 */
final class Shrinking {
    private static final long SECONDS_MAX = 60;
    private static final String SCRIPT =
            """
            #!/bin/sh
            cd "$(dirname "$0")" || exit 1
            echo "$1" > asking
            mv asking question
            until [ -e answer ]; do
                if [ -e over ]; then exit 1; fi
                sleep 0.01
            done
            read -r verdict < answer
            rm answer
            exit "$verdict"
            """;

    private final Smith smith;
    private final Predicate<Path> wanted;

    /**
     * @param wanted says of a candidate's file whether it still has what is looked for
     */
    Shrinking(Smith smith, Predicate<Path> wanted) {
        this.smith = smith;
        this.wanted = wanted;
    }

    /** Writes a smaller module, if one is found in time. */
    void shrink(Path module, Path smaller) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(module.getParent(), "shrink");
        Path script = Files.writeString(folder.resolve("ask"), SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Process process =
                smith.start(
                        "shrink",
                        List.of(script.toString(), module.toString(), "-o", smaller.toString()));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!process.waitFor(1, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
            answer(folder, smaller);
        }
        Files.createFile(folder.resolve("over"));
        process.destroyForcibly().waitFor();
        // The script may still be there to see that it is over.
        Thread.sleep(100);
        for (String name : List.of("ask", "asking", "question", "answer", "over")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }

    /** Each good candidate is smaller than those before it, and kept, as time may be up. */
    private void answer(Path folder, Path smaller) throws IOException {
        Path question = folder.resolve("question");
        if (Files.exists(question)) {
            Path candidate = Path.of(Files.readString(question).strip());
            Files.delete(question);
            boolean good = wanted.test(candidate);
            if (good) {
                Files.copy(candidate, smaller, StandardCopyOption.REPLACE_EXISTING);
            }
            Path answering = Files.writeString(folder.resolve("answering"), good ? "0\n" : "1\n");
            Files.move(answering, folder.resolve("answer"));
        }
    }
}
