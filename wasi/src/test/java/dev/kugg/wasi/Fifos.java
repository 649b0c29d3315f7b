package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes FIFOs, which Java cannot. */
final class Fifos {
    private Fifos() {}

    /** {@return a new FIFO; the test is left out where that is not possible} */
    static Path make(Path path) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
        } catch (IOException e) {
            Assumptions.abort("left out: there is no mkfifo here");
            throw e;
        }
        assertThat(process.waitFor()).isZero();
        return path;
    }

    /** The test is left out where there are no folders of the host in the guest's reach. */
    static void assumeLinux() {
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/proc/self/fd")), "left out: this is not Linux");
    }
}
