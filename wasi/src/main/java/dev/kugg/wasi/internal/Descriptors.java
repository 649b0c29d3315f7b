package dev.kugg.wasi.internal;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

/**
 * The open descriptors of one instance by number. At the start these are 0, 1 and 2: standard
 * input, output and error output, whether or not the host gave a stream for them.
 */
final class Descriptors {
    private final @Nullable Descriptor[] open;

    Descriptors(Config config) {
        this.open =
                new @Nullable Descriptor[] {
                    new InputDescriptor(config.stdin, config.stdinTerminal),
                    new OutputDescriptor(config.stdout, config.stdoutTerminal),
                    new OutputDescriptor(config.stderr, config.stderrTerminal)
                };
    }

    Descriptor get(int fd) throws ErrnoException {
        // A negative number is a large unsigned one to the guest, and never open.
        Descriptor descriptor = fd >= 0 && fd < open.length ? open[fd] : null;
        if (descriptor == null) {
            throw new ErrnoException(Errno.BADF);
        }
        return descriptor;
    }

    /** Forgets a descriptor. The host's stream behind it stays open: it is the host's. */
    void close(int fd) throws ErrnoException {
        get(fd);
        open[fd] = null;
    }

    /** Moves a descriptor to the number of another one that is open, which is closed. */
    void renumber(int from, int to) throws ErrnoException {
        Descriptor moved = get(from);
        get(to);
        if (from != to) {
            open[from] = null;
            open[to] = moved;
        }
    }
}
