package dev.kugg.wasi.internal.file;

import java.io.IOException;
import java.nio.file.Path;

/** The two ways to a folder of the host, which are to answer alike. */
enum Kind {
    HELD {
        @Override
        Directory open(Path path) throws IOException {
            return HeldDirectory.open(path);
        }
    },
    BY_PATH {
        @Override
        Directory open(Path path) throws IOException {
            return PathDirectory.open(path);
        }
    };

    abstract Directory open(Path path) throws IOException;
}
