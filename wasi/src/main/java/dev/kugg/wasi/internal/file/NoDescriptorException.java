package dev.kugg.wasi.internal.file;

import java.io.IOException;

/** The process has no descriptor left, or no {@code /proc} to find out about them. */
final class NoDescriptorException extends IOException {
    private static final long serialVersionUID = 1;

    NoDescriptorException() {
        super("/proc/self cannot be read, or too many files are open");
    }
}
