package dev.kugg.wasi.internal.stream;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is behind a stream: whether a write of it may wait, and what it means when one fails, which
 * an {@link IOException} itself says only in words nobody promises.
 *
 * <p>Streams of the JDK may block, except those into memory, into files, and into {@code /dev/null}
 * and its like. A stream of another class is not known; it is taken for one that does not, since
 * only the guest's own thread may call the guest in turn.
 *
 * <p>What is behind this process's own two outputs is seen in {@code /proc}, where there is one.
 * What is behind another {@link FileOutputStream} is seen by its position: a file has one, a device
 * of memory is always at 0, anything else has none. That is asked by the pump alone: an interrupted
 * thread that asks a channel for its position closes it.
 */
final class OutputKind {
    private enum Kind {
        /** A stream into memory, or of a class that is not known. */
        DIRECT,
        /** Something with a descriptor, not looked at yet; or nothing can be seen of it. */
        DESCRIPTOR,
        /** A regular file. */
        FILE,
        /** {@code /dev/full} or {@code /dev/null}: only the first can fail. */
        MEMORY_DEVICE,
        /** A pipe or FIFO. */
        PIPE,
        /** A pipe, FIFO, socket or terminal, which of them is not known. */
        UNSEEKABLE,
        /** A terminal or another device. */
        DEVICE,
        /** Another stream of the JDK. */
        STREAM
    }

    private static final int UNKNOWN_NUMBER = -1;

    /** So many bytes an empty pipe takes at once, by POSIX. */
    private static final int PIPE_BUF_BYTES = 4096;

    private static final int MODE_TYPE = 0xf000;
    private static final int MODE_FIFO = 0x1000;
    private static final int MODE_SOCKET = 0xc000;

    private final OutputStream out;

    /** The descriptor's number, where it is 1 or 2. */
    private final int number;

    private volatile Kind kind;

    /** Where the next write to a file begins, if nobody else writes there. */
    private final AtomicLong position = new AtomicLong();

    /** Tells how many bytes are in a pipe. */
    private @Nullable FileInputStream pipe;

    /** What a failed write of a {@link Kind#STREAM} means. */
    private final Errno failureOfStream;

    private OutputKind(OutputStream out, int number, Kind kind, Errno failureOfStream) {
        this.out = out;
        this.number = number;
        this.kind = kind;
        this.failureOfStream = failureOfStream;
    }

    static OutputKind of(OutputStream out) {
        Class<?> type = out.getClass();
        if (type == ByteArrayOutputStream.class || type.getModule() != Object.class.getModule()) {
            return new OutputKind(out, UNKNOWN_NUMBER, Kind.DIRECT, Errno.IO);
        }
        int number = numberOf(out);
        boolean descriptor = number != UNKNOWN_NUMBER || type == FileOutputStream.class;
        Kind kind = descriptor ? Kind.DESCRIPTOR : Kind.STREAM;
        // Only its other end can break a pipe within the JVM.
        Errno failure = type == PipedOutputStream.class ? Errno.PIPE : Errno.IO;
        return new OutputKind(out, number, kind, failure);
    }

    static OutputKind failingWith(OutputStream out, Errno failure) {
        return new OutputKind(out, UNKNOWN_NUMBER, Kind.STREAM, failure);
    }

    /** {@return 1 or 2 for a stream of that descriptor, as far as that can be known} */
    @SuppressWarnings("ReferenceEquality") // Those very streams are meant.
    private static int numberOf(OutputStream out) {
        if (out.getClass() == PrintStream.class) {
            return out == System.out ? 1 : out == System.err ? 2 : UNKNOWN_NUMBER;
        }
        try {
            FileDescriptor fd =
                    out instanceof FileOutputStream file ? file.getFD() : new FileDescriptor();
            return fd == FileDescriptor.out ? 1 : fd == FileDescriptor.err ? 2 : UNKNOWN_NUMBER;
        } catch (IOException e) {
            return UNKNOWN_NUMBER;
        }
    }

    boolean mayBlock() {
        if (kind == Kind.DESCRIPTOR && number != UNKNOWN_NUMBER) {
            kind = kindByPath();
        }
        Kind now = kind;
        return now != Kind.DIRECT && now != Kind.FILE && now != Kind.MEMORY_DEVICE;
    }

    /** Looks at one of this process's own outputs, with what a fresh JVM has loaded. */
    private Kind kindByPath() {
        File file = new File(OpenFiles.DESCRIPTORS.concat(Integer.toString(number)));
        if (file.isFile()) {
            position.set(OpenFiles.positionOf(number));
            return Kind.FILE;
        }
        String path;
        try {
            path = file.getCanonicalPath();
        } catch (IOException e) {
            return Kind.UNSEEKABLE;
        }
        if (path.equals("/dev/null") || path.equals("/dev/full") || path.equals("/dev/zero")) {
            return Kind.MEMORY_DEVICE;
        }
        return path.startsWith("/dev/") ? Kind.DEVICE : Kind.UNSEEKABLE;
    }

    /** Looks closer. For the pump. */
    void look() {
        if (kind == Kind.UNSEEKABLE && number != UNKNOWN_NUMBER && pipe == null) {
            lookAtMode();
        } else if (kind == Kind.DESCRIPTOR && out instanceof FileOutputStream file) {
            kind = kindByPosition(file);
        }
    }

    private void lookAtMode() {
        Path path = Path.of(OpenFiles.DESCRIPTORS.concat(Integer.toString(number)));
        try {
            int mode = (Integer) Files.getAttribute(path, "unix:mode") & MODE_TYPE;
            if (mode == MODE_FIFO) {
                pipe = new FileInputStream(number == 1 ? FileDescriptor.out : FileDescriptor.err);
                kind = Kind.PIPE;
            } else if (mode != MODE_SOCKET) {
                kind = Kind.DEVICE;
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Nothing can be seen of it: then it stays what it was taken for.
            return;
        }
    }

    private Kind kindByPosition(FileOutputStream file) {
        try {
            FileChannel channel = file.getChannel();
            long now = channel.position();
            if (now == 0) {
                // One that appends has not been asked for its position yet.
                channel.position(0);
            }
            position.set(now);
            return now == 0 && channel.size() == 0 && isMemoryDevice(channel)
                    ? Kind.MEMORY_DEVICE
                    : Kind.FILE;
        } catch (IOException e) {
            return Kind.UNSEEKABLE;
        }
    }

    /** {@return whether something empty keeps no position} */
    private static boolean isMemoryDevice(FileChannel channel) throws IOException {
        channel.position(1);
        boolean kept = channel.position() == 1;
        channel.position(0);
        return !kept;
    }

    /** {@return whether a write would surely not wait} For who has the stream for himself. */
    boolean takesAtOnce(int length) {
        FileInputStream inside = pipe;
        try {
            return inside != null && length <= PIPE_BUF_BYTES && inside.available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return whether the reader looks whether the last thread that wrote still lives} */
    boolean isPipeOfJava() {
        return out instanceof PipedOutputStream;
    }

    /** Takes note of a successful write. */
    void wrote(int length) {
        if (kind == Kind.FILE) {
            position.addAndGet(length);
        }
    }

    /**
     * Finds out how a failed write has failed.
     *
     * @return how many bytes were written nevertheless, at least one
     * @throws ErrnoException if there were none: why
     */
    int partOf(int length, IOException failure) throws ErrnoException {
        if (kind == Kind.FILE && !isClosed(failure)) {
            long part = positionNow() - position.get();
            // Out of this range somebody else writes there too, and nothing is known.
            if (part > 0 && part < length) {
                position.addAndGet(part);
                return (int) part;
            }
        }
        throw new ErrnoException(errnoOf(length, failure));
    }

    private Errno errnoOf(int length, IOException failure) {
        if (isClosed(failure)) {
            return Errno.BADF;
        }
        return switch (kind) {
            case PIPE, UNSEEKABLE -> Errno.PIPE;
            case FILE -> isFull(length) ? Errno.NOSPC : Errno.IO;
            case MEMORY_DEVICE -> Errno.NOSPC;
            case STREAM -> failure instanceof SocketException ? Errno.PIPE : failureOfStream;
            case DIRECT, DESCRIPTOR, DEVICE -> Errno.IO;
        };
    }

    private boolean isClosed(IOException failure) {
        try {
            return failure instanceof ClosedChannelException
                    || out instanceof FileOutputStream file && !file.getFD().valid();
        } catch (IOException e) {
            return true;
        }
    }

    private long positionNow() {
        if (number != UNKNOWN_NUMBER) {
            return OpenFiles.positionOf(number);
        }
        return out instanceof FileOutputStream file
                ? OpenFiles.positionOf(file)
                : OpenFiles.UNKNOWN;
    }

    private boolean isFull(int length) {
        return number != UNKNOWN_NUMBER
                ? OpenFiles.isFull(number, length)
                : OpenFiles.isFullAt(positionNow(), length);
    }
}
