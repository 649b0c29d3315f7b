package dev.kugg.wasi.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import java.io.File;
import java.nio.charset.StandardCharsets;

/** What the tests of files and folders share. */
final class FileTests {
    static final OpenMode READ = new OpenMode(true, false, false, false, false, false);
    static final OpenMode WRITE = new OpenMode(true, true, false, false, false, false);
    static final OpenMode CREATE = new OpenMode(true, true, true, false, false, false);
    static final OpenMode CREATE_NEW = new OpenMode(true, true, true, true, false, false);
    static final OpenMode TRUNCATE = new OpenMode(false, true, false, false, true, false);

    private FileTests() {}

    /** Something that may end with an errno. */
    interface Call {
        void run() throws ErrnoException;
    }

    static Errno errno(Call call) {
        try {
            call.run();
            return Errno.SUCCESS;
        } catch (ErrnoException e) {
            return e.errno();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static int write(OpenFile file, long position, String text) throws ErrnoException {
        byte[] bytes = bytes(text);
        return file.write(position, bytes, 0, bytes.length);
    }

    static int append(OpenFile file, String text) throws ErrnoException {
        byte[] bytes = bytes(text);
        return file.append(bytes, 0, bytes.length);
    }

    static String read(OpenFile file, long position) throws ErrnoException {
        byte[] bytes = new byte[1000];
        int length = file.read(position, bytes, 0, bytes.length);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** {@return how many descriptors this process has open} */
    static int openDescriptors() {
        String[] open = new File("/proc/self/fd").list();
        assertThat(open).isNotNull();
        return open.length;
    }
}
