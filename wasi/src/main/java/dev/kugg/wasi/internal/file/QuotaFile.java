package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.ErrnoException;

/** A file whose growth is counted. */
final class QuotaFile extends OpenFile {
    private final OpenFile file;
    private final Quota quota;
    private final Quota.Added added;
    private boolean closed;

    QuotaFile(OpenFile file, Quota quota, Stat stat) {
        this.file = file;
        this.quota = quota;
        this.added = quota.opened(stat);
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws ErrnoException {
        return file.read(position, target, offset, length);
    }

    @Override
    public int write(long position, byte[] source, int offset, int length) throws ErrnoException {
        return write(position, false, source, offset, length);
    }

    @Override
    public int append(byte[] source, int offset, int length) throws ErrnoException {
        return write(file.sizeBytes(), true, source, offset, length);
    }

    private int write(long position, boolean append, byte[] source, int offset, int length)
            throws ErrnoException {
        long size = file.sizeBytes();
        long growth = Math.max(0, saturatedSum(position, length) - size);
        long taken = quota.takeBytes(growth);
        long allowed = length - (growth - taken);
        long used = 0;
        try {
            if (allowed <= 0 && length > 0) {
                throw Quota.exceeded();
            }
            int written =
                    append
                            ? file.append(source, offset, (int) allowed)
                            : file.write(position, source, offset, (int) allowed);
            used = Math.max(0, position + written - size);
            return written;
        } finally {
            quota.grown(added, taken, used);
        }
    }

    private static long saturatedSum(long position, int length) {
        long sum = position + length;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    @Override
    public Stat stat() throws ErrnoException {
        return file.stat();
    }

    @Override
    public long sizeBytes() throws ErrnoException {
        return file.sizeBytes();
    }

    @Override
    public void setSize(long sizeBytes) throws ErrnoException {
        long growth = sizeBytes - file.sizeBytes();
        if (growth <= 0) {
            file.setSize(sizeBytes);
            quota.cut(added, -growth);
            return;
        }
        long taken = quota.takeBytes(growth);
        long used = 0;
        try {
            if (taken < growth) {
                throw Quota.exceeded();
            }
            file.setSize(sizeBytes);
            used = growth;
        } finally {
            quota.grown(added, taken, used);
        }
    }

    @Override
    public void setTimes(Times times) throws ErrnoException {
        file.setTimes(times);
    }

    @Override
    public void sync(boolean metadata) throws ErrnoException {
        file.sync(metadata);
    }

    @Override
    public void close() {
        file.close();
        if (!closed) {
            closed = true;
            quota.closed(added);
        }
    }
}
