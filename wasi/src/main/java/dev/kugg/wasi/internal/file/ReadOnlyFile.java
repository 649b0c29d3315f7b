package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

/** Another file, opened to be read, of which nothing else can be changed either. */
final class ReadOnlyFile extends OpenFile {
    private final OpenFile file;

    ReadOnlyFile(OpenFile file) {
        this.file = file;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws ErrnoException {
        return file.read(position, target, offset, length);
    }

    @Override
    public int write(long position, byte[] source, int offset, int length) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    @Override
    public int append(byte[] source, int offset, int length) throws ErrnoException {
        throw new ErrnoException(Errno.BADF);
    }

    @Override
    public Stat stat() throws ErrnoException {
        return file.stat();
    }

    @Override
    public void setSize(long sizeBytes) throws ErrnoException {
        throw new ErrnoException(Errno.INVAL);
    }

    @Override
    public void setTimes(Times times) throws ErrnoException {
        throw new ErrnoException(Errno.ROFS);
    }

    @Override
    public void sync(boolean metadata) throws ErrnoException {
        file.sync(metadata);
    }

    @Override
    public void close() {
        file.close();
    }
}
