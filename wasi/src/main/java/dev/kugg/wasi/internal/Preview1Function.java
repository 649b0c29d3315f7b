package dev.kugg.wasi.internal;

import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

/**
 * The functions of {@code wasi_snapshot_preview1}: a row each, in the specification's order, with
 * its name and parameters. All return an errno, except {@link #PROC_EXIT}, which does not return.
 *
 * <p>Parameters: {@code i} an i32, {@code l} an i64, {@code d} an i32 that is a descriptor.
 *
 * @see <a
 *     href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#functions">Functions</a>
 */
enum Preview1Function {
    ARGS_GET("args_get", "ii"),
    ARGS_SIZES_GET("args_sizes_get", "ii"),
    ENVIRON_GET("environ_get", "ii"),
    ENVIRON_SIZES_GET("environ_sizes_get", "ii"),
    CLOCK_RES_GET("clock_res_get", "ii"),
    CLOCK_TIME_GET("clock_time_get", "ili"),
    FD_ADVISE("fd_advise", "dlli"),
    FD_ALLOCATE("fd_allocate", "dll"),
    FD_CLOSE("fd_close", "d"),
    FD_DATASYNC("fd_datasync", "d"),
    FD_FDSTAT_GET("fd_fdstat_get", "di"),
    FD_FDSTAT_SET_FLAGS("fd_fdstat_set_flags", "di"),
    FD_FDSTAT_SET_RIGHTS("fd_fdstat_set_rights", "dll"),
    FD_FILESTAT_GET("fd_filestat_get", "di"),
    FD_FILESTAT_SET_SIZE("fd_filestat_set_size", "dl"),
    FD_FILESTAT_SET_TIMES("fd_filestat_set_times", "dlli"),
    FD_PREAD("fd_pread", "diili"),
    FD_PRESTAT_GET("fd_prestat_get", "di"),
    FD_PRESTAT_DIR_NAME("fd_prestat_dir_name", "dii"),
    FD_PWRITE("fd_pwrite", "diili"),
    FD_READ("fd_read", "diii"),
    FD_READDIR("fd_readdir", "diili"),
    FD_RENUMBER("fd_renumber", "dd"),
    FD_SEEK("fd_seek", "dlii"),
    FD_SYNC("fd_sync", "d"),
    FD_TELL("fd_tell", "di"),
    FD_WRITE("fd_write", "diii"),
    PATH_CREATE_DIRECTORY("path_create_directory", "dii"),
    PATH_FILESTAT_GET("path_filestat_get", "diiii"),
    PATH_FILESTAT_SET_TIMES("path_filestat_set_times", "diiilli"),
    PATH_LINK("path_link", "diiidii"),
    PATH_OPEN("path_open", "diiiillii"),
    PATH_READLINK("path_readlink", "diiiii"),
    PATH_REMOVE_DIRECTORY("path_remove_directory", "dii"),
    PATH_RENAME("path_rename", "diidii"),
    PATH_SYMLINK("path_symlink", "iidii"),
    PATH_UNLINK_FILE("path_unlink_file", "dii"),
    POLL_ONEOFF("poll_oneoff", "iiii"),
    PROC_EXIT("proc_exit", "i"),
    PROC_RAISE("proc_raise", "i"),
    SCHED_YIELD("sched_yield", ""),
    RANDOM_GET("random_get", "ii"),
    SOCK_ACCEPT("sock_accept", "dii"),
    SOCK_RECV("sock_recv", "diiiii"),
    SOCK_SEND("sock_send", "diiii"),
    SOCK_SHUTDOWN("sock_shutdown", "di");

    private final String importName;
    private final String params;

    Preview1Function(String importName, String params) {
        this.importName = importName;
        this.params = params;
    }

    /** {@return the name a module imports it by} */
    String importName() {
        return importName;
    }

    /** {@return one letter for each parameter} */
    String params() {
        return params;
    }

    FuncType type() {
        ValType[] types = new ValType[params.length()];
        for (int i = 0; i < types.length; i++) {
            types[i] = params.charAt(i) == 'l' ? ValType.I64 : ValType.I32;
        }
        FuncType type = FuncType.of(types);
        return this == PROC_EXIT ? type : type.to(ValType.I32);
    }
}
