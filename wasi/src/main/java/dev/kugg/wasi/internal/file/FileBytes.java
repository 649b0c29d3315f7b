package dev.kugg.wasi.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of an open file. An interruption of the thread does nothing here, where a {@link
 * java.nio.channels.FileChannel} would be closed by it, perhaps with half of what was to be
 * appended written: an asynchronous channel knows no interruption, and does its work in this very
 * thread if it is told to.
 */
final class FileBytes implements Closeable {
    private final AsynchronousFileChannel channel;
    private final int assumedNumber = DescriptorNumber.assumed();

    /** The last array and a buffer that wraps it: mostly the same one comes again. */
    private byte[] lastArray = new byte[0];

    private ByteBuffer lastBuffer = ByteBuffer.wrap(lastArray);

    private FileBytes(AsynchronousFileChannel channel) {
        this.channel = channel;
    }

    static FileBytes open(Path path, boolean read, boolean write) throws IOException {
        Set<OpenOption> options = new HashSet<>();
        if (read || !write) {
            options.add(StandardOpenOption.READ);
        }
        if (write) {
            options.add(StandardOpenOption.WRITE);
        }
        return new FileBytes(AsynchronousFileChannel.open(path, options, new SameThread()));
    }

    /** {@return how many bytes were read; -1 at the end} */
    int read(long position, byte[] target, int offset, int length) throws IOException {
        return result(channel.read(wrap(target, offset, length), position));
    }

    int write(long position, byte[] source, int offset, int length) throws IOException {
        return result(channel.write(wrap(source, offset, length), position));
    }

    @SuppressWarnings("ReferenceEquality") // That very array is meant.
    private ByteBuffer wrap(byte[] array, int offset, int length) {
        if (array != lastArray) {
            lastArray = array;
            lastBuffer = ByteBuffer.wrap(array);
        }
        return lastBuffer.limit(offset + length).position(offset);
    }

    /** {@return the result of what is done already} So it is not waited for. */
    private static int result(Future<Integer> done) throws IOException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Cuts the file; one that is not longer stays as it is. */
    void cut(long sizeBytes) throws IOException {
        channel.truncate(sizeBytes);
    }

    long sizeBytes() throws IOException {
        return channel.size();
    }

    void sync(boolean metadata) throws IOException {
        channel.force(metadata);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        DescriptorNumber.given(assumedNumber);
    }

    /** Waits until the contents of a folder are on the disk. */
    static void sync(Path folder) throws IOException {
        try (FileBytes bytes = open(folder, true, false)) {
            bytes.sync(true);
        }
    }

    /** Does everything in the thread that wants it done. */
    private static final class SameThread extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
