package dev.kugg.wasi.attacks;

import java.io.IOException;
import java.nio.file.Path;

/** Folders of tests. */
final class Folders {
    private Folders() {}

    /** Removes a folder and all there is in it, however deep: deeper than a path may be long. */
    static void remove(Path folder) throws IOException, InterruptedException {
        if (new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor() != 0) {
            throw new IOException("cannot be removed: " + folder);
        }
    }
}
