package dev.kugg.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.types.ExportType;
import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;

/**
 * All 46 functions at once: preview1.wat imports each with its type, so that it starts says that
 * they are there.
 */
class FunctionsTest {
    /** What works on the standard streams, or without a descriptor. */
    private static final Set<String> SUPPORTED =
            Set.of(
                    "args_get",
                    "args_sizes_get",
                    "environ_get",
                    "environ_sizes_get",
                    "clock_res_get",
                    "clock_time_get",
                    "fd_close",
                    "fd_fdstat_get",
                    "fd_fdstat_set_flags",
                    "fd_filestat_get",
                    "fd_pread",
                    "fd_prestat_dir_name",
                    "fd_prestat_get",
                    "fd_pwrite",
                    "fd_read",
                    "fd_renumber",
                    "fd_seek",
                    "fd_tell",
                    "fd_write",
                    "poll_oneoff",
                    "proc_exit",
                    "random_get",
                    "sched_yield");

    @Test
    void everyFunctionCanBeImported() {
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            assertThat(guest.instance.module().imports()).hasSize(46);
        }
    }

    @Test
    void filesAndSocketsAreRefused() {
        Set<String> refused = new TreeSet<>();
        try (Preview1Guest guest = new Preview1Guest(Wasi.preview1())) {
            for (ExportType export : Preview1Guest.MODULE.exports()) {
                if (export.type() instanceof FuncType type && !SUPPORTED.contains(export.name())) {
                    // Zero is standard input wherever a descriptor is asked for.
                    assertThat(guest.call(export.name(), new long[type.params().size()]))
                            .as(export.name())
                            .isEqualTo(Preview1Guest.NOTSUP);
                    refused.add(export.name());
                }
            }
        }
        assertThat(refused).hasSize(46 - SUPPORTED.size());
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
