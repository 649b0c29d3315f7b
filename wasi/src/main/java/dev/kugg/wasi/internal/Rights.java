package dev.kugg.wasi.internal;

/**
 * What may be done with a descriptor, by the specification's names: a bit each.
 *
 * <p>A descriptor has those that apply to what it stands for. Reading and writing have to be asked
 * for when a file is opened; the others are there without being asked for, as with wasmtime: many
 * programs ask for reading and writing only, and then want to know a file's size. A guest can give
 * rights up ({@code fd_fdstat_set_rights}); from then on neither this descriptor nor any that is
 * opened through it has them.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#rights">rights</a>
 */
final class Rights {
    static final long FD_DATASYNC = 1;
    static final long FD_READ = 1 << 1;
    static final long FD_SEEK = 1 << 2;
    static final long FD_FDSTAT_SET_FLAGS = 1 << 3;
    static final long FD_SYNC = 1 << 4;
    static final long FD_TELL = 1 << 5;
    static final long FD_WRITE = 1 << 6;
    static final long FD_ADVISE = 1 << 7;
    static final long FD_ALLOCATE = 1 << 8;
    static final long PATH_CREATE_DIRECTORY = 1 << 9;
    static final long PATH_CREATE_FILE = 1 << 10;
    static final long PATH_LINK_SOURCE = 1 << 11;
    static final long PATH_LINK_TARGET = 1 << 12;
    static final long PATH_OPEN = 1 << 13;
    static final long FD_READDIR = 1 << 14;
    static final long PATH_READLINK = 1 << 15;
    static final long PATH_RENAME_SOURCE = 1 << 16;
    static final long PATH_RENAME_TARGET = 1 << 17;
    static final long PATH_FILESTAT_GET = 1 << 18;
    static final long PATH_FILESTAT_SET_SIZE = 1 << 19;
    static final long PATH_FILESTAT_SET_TIMES = 1 << 20;
    static final long FD_FILESTAT_GET = 1 << 21;
    static final long FD_FILESTAT_SET_SIZE = 1 << 22;
    static final long FD_FILESTAT_SET_TIMES = 1 << 23;
    static final long PATH_SYMLINK = 1 << 24;
    static final long PATH_REMOVE_DIRECTORY = 1 << 25;
    static final long PATH_UNLINK_FILE = 1 << 26;
    static final long POLL_FD_READWRITE = 1 << 27;
    static final long SOCK_SHUTDOWN = 1 << 28;
    static final long SOCK_ACCEPT = 1 << 29;

    /** What needs no right. */
    static final long NONE = 0;

    /** What applies to a file, however it was opened. */
    static final long OF_FILE =
            FD_SEEK
                    | FD_TELL
                    | FD_FDSTAT_SET_FLAGS
                    | FD_SYNC
                    | FD_DATASYNC
                    | FD_ADVISE
                    | FD_FILESTAT_GET
                    | FD_FILESTAT_SET_TIMES
                    | POLL_FD_READWRITE;

    /** What applies to a file that was opened to be written. */
    static final long OF_WRITABLE_FILE = FD_WRITE | FD_ALLOCATE | FD_FILESTAT_SET_SIZE;

    /** What applies to a folder. */
    static final long OF_DIRECTORY =
            FD_FDSTAT_SET_FLAGS
                    | FD_SYNC
                    | FD_DATASYNC
                    | PATH_CREATE_DIRECTORY
                    | PATH_CREATE_FILE
                    | PATH_LINK_SOURCE
                    | PATH_LINK_TARGET
                    | PATH_OPEN
                    | FD_READDIR
                    | PATH_READLINK
                    | PATH_RENAME_SOURCE
                    | PATH_RENAME_TARGET
                    | PATH_FILESTAT_GET
                    | PATH_FILESTAT_SET_SIZE
                    | PATH_FILESTAT_SET_TIMES
                    | FD_FILESTAT_GET
                    | FD_FILESTAT_SET_TIMES
                    | PATH_SYMLINK
                    | PATH_REMOVE_DIRECTORY
                    | PATH_UNLINK_FILE;

    /** What a folder that the guest was given hands on to what is opened through it. */
    static final long INHERITED = OF_DIRECTORY | OF_FILE | FD_READ | OF_WRITABLE_FILE;

    private Rights() {}
}
