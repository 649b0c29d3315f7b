package dev.kugg.wasi;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.Memory;
import dev.kugg.WasmModule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An instance of preview1.wat: calls each WASI function with arguments a test puts into its memory.
 */
final class Preview1Guest implements AutoCloseable {
    /** By these numbers the specification calls them. */
    static final int SUCCESS = 0;

    static final int AGAIN = 6;
    static final int BADF = 8;
    static final int CONNRESET = 15;
    static final int FAULT = 21;
    static final int INVAL = 28;
    static final int IO = 29;
    static final int NOSPC = 51;
    static final int NOTCONN = 53;
    static final int NOTDIR = 54;
    static final int NOTSOCK = 57;
    static final int NOTSUP = 58;
    static final int NXIO = 60;
    static final int OVERFLOW = 61;
    static final int PIPE = 64;
    static final int SPIPE = 70;

    static final WasmModule MODULE = Kugg.module(Preview1Guest.class, "preview1.wasm");

    /** The size of its memory. */
    static final int SIZE_BYTES = 65_536;

    /** Where {@link #write} and {@link #read} put the list of buffers, and the result. */
    private static final int IOVS = 1024;

    private static final int RESULT = 1016;

    final Instance instance;
    final Memory memory;

    Preview1Guest(Wasi wasi) {
        this(wasi, Duration.ZERO);
    }

    Preview1Guest(Wasi wasi, Duration timeout) {
        instance = MODULE.with(wasi).timeout(timeout).start();
        memory = instance.memory("memory");
    }

    /** {@return the errno} */
    int call(String function, long... args) {
        return (int) instance.func(function).call(args)[0];
    }

    /** Writes one buffer; returns the errno. */
    int write(int fd, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        memory.writeBytes(4096, bytes);
        iov(0, 4096, bytes.length);
        return call("fd_write", fd, IOVS, 1, RESULT);
    }

    /** Reads into one buffer at 4096; returns the errno. */
    int read(int fd, int length) {
        iov(0, 4096, length);
        return call("fd_read", fd, IOVS, 1, RESULT);
    }

    /** {@return what {@link #read} has read} */
    String text() {
        return memory.readString(4096, size());
    }

    /** {@return the size that {@link #read} or {@link #write} answered} */
    int size() {
        return memory.readInt(RESULT);
    }

    /** Where {@link #open} puts the path, and the new descriptor. */
    private static final int PATH = 3072;

    /** Opens a file in the folder that is descriptor 3; returns the errno. */
    int open(String path, boolean read, boolean write, int fdflags) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        memory.writeBytes(PATH, bytes);
        long rights = (read ? 1 << 1 : 0) | (write ? 1 << 6 : 0);
        return call("path_open", 3, 1, PATH, bytes.length, 0, rights, 0, fdflags, RESULT);
    }

    /** {@return the descriptor of a file that can be opened} */
    int opened(String path, boolean read, boolean write, int fdflags) {
        int errno = open(path, read, write, fdflags);
        if (errno != SUCCESS) {
            throw new AssertionError("open answers " + errno);
        }
        return memory.readInt(RESULT);
    }

    void iov(int index, int address, int length) {
        memory.writeInt(IOVS + 8L * index, address);
        memory.writeInt(IOVS + 8L * index + 4, length);
    }

    /** Transfers through the first buffers of {@link #iov}; returns the errno. */
    int transfer(String function, int fd, int count) {
        return call(function, fd, IOVS, count, RESULT);
    }

    @Override
    public void close() {
        instance.close();
    }
}
