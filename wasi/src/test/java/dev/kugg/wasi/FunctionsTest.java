package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.types.ExportType;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;

import org.junit.jupiter.api.Test;

import java.util.Map;

/**
 * All 46 functions at once: preview1.wat imports each with its type, so that it starts says that
 * they are there.
 */
class FunctionsTest {
    /** What only files, folders or sockets can do, and what a stream answers to it. */
    private static final Map<String, Integer> REFUSED =
            Map.ofEntries(
                    Map.entry("fd_advise", Preview1Guest.SPIPE),
                    Map.entry("fd_allocate", Preview1Guest.SPIPE),
                    Map.entry("fd_datasync", Preview1Guest.INVAL),
                    Map.entry("fd_filestat_set_size", Preview1Guest.INVAL),
                    Map.entry("fd_filestat_set_times", Preview1Guest.INVAL),
                    Map.entry("fd_readdir", Preview1Guest.NOTDIR),
                    Map.entry("fd_sync", Preview1Guest.INVAL),
                    Map.entry("path_create_directory", Preview1Guest.NOTDIR),
                    Map.entry("path_filestat_get", Preview1Guest.NOTDIR),
                    Map.entry("path_filestat_set_times", Preview1Guest.NOTDIR),
                    Map.entry("path_link", Preview1Guest.NOTDIR),
                    Map.entry("path_open", Preview1Guest.NOTDIR),
                    Map.entry("path_readlink", Preview1Guest.NOTDIR),
                    Map.entry("path_remove_directory", Preview1Guest.NOTDIR),
                    Map.entry("path_rename", Preview1Guest.NOTDIR),
                    Map.entry("path_symlink", Preview1Guest.NOTDIR),
                    Map.entry("path_unlink_file", Preview1Guest.NOTDIR),
                    Map.entry("proc_raise", Preview1Guest.NOTSUP),
                    Map.entry("sock_accept", Preview1Guest.NOTSOCK),
                    Map.entry("sock_recv", Preview1Guest.NOTSOCK),
                    Map.entry("sock_send", Preview1Guest.NOTSOCK),
                    Map.entry("sock_shutdown", Preview1Guest.NOTSOCK));

    @Test
    void everyFunctionCanBeImported() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.instance.module().imports()).hasSize(46);
        }
    }

    @Test
    void streamsAreNoFilesAndNoSockets() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            REFUSED.forEach(
                    (name, errno) -> {
                        // Zero is standard input wherever a descriptor is asked for.
                        FuncType type = guest.instance.func(name).type();
                        assertThat(guest.call(name, new long[type.params().size()]))
                                .as(name)
                                .isEqualTo(errno);
                    });
        }
    }

    @Test
    void descriptorsThatAreNotOpenAreBad() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            for (ExportType export : Preview1Guest.MODULE.exports()) {
                if (export.name().startsWith("fd_")
                        || export.name().startsWith("path_")
                        || export.name().startsWith("sock_")) {
                    for (int fd : new int[] {3, 1000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
                        long[] args = argsOf(fd, (FuncType) export.type());
                        assertThat(guest.call(export.name(), args))
                                .as(export.name())
                                .isEqualTo(Preview1Guest.BADF);
                    }
                }
            }
        }
    }

    /** The same number for each i32: one of them is the descriptor. */
    private static long[] argsOf(int fd, FuncType type) {
        long[] args = new long[type.params().size()];
        for (int i = 0; i < args.length; i++) {
            args[i] = type.params().get(i) == NumType.I32 ? fd : 0;
        }
        return args;
    }
}
