package dev.kugg.wasi.internal;

import dev.kugg.ExitException;
import dev.kugg.HostCall;
import dev.kugg.HostFunction;
import dev.kugg.Imports;
import dev.kugg.types.ImportType;
import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.stream.Waiter;

import org.jspecify.annotations.Nullable;

import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The state of one instance, and the place where each call finds its topic. Used by the thread that
 * runs the instance; only {@link #run}, which wakes it, may come from another one.
 */
public final class Preview1 implements Runnable {
    /** The name modules import the functions from. */
    static final String MODULE = "wasi_snapshot_preview1";

    private final Config config;
    private final Waiter waiter = new Waiter();
    private final TransferBuffer buffer = new TransferBuffer();
    private final Descriptors descriptors;
    private final Clocks clocks;

    /** Where random bytes come from; null is the operating system. */
    private final @Nullable RandomGenerator random;

    private Preview1(Config config) {
        this.config = config;
        this.descriptors = new Descriptors(config, waiter);
        this.clocks = new Clocks(config.ownTime ? new SteppingClock() : config.clock);
        this.random = config.seed == null ? config.random : new Random(config.seed);
    }

    /**
     * Gives a new instance the functions its module asks for.
     *
     * @param config what the guest is granted
     * @param imports takes the functions
     */
    public static void provide(Config config, Imports imports) {
        Preview1 state = new Preview1(config);
        boolean waits = false;
        for (ImportType asked : imports.module().imports()) {
            Preview1Function function = find(asked);
            if (function != null) {
                imports.function(
                        MODULE, function.importName(), function.type(), new Call(state, function));
                waits |= waits(function);
            }
        }
        if (!config.mounts.isEmpty()) {
            Mounts.open(config, state.descriptors);
        }
        if (!config.sockets.isEmpty()) {
            Sockets.open(config, state.descriptors, state.waiter);
        }
        if (Descriptors.needClosing(config)) {
            imports.onClose(state.descriptors);
        }
        if (waits) {
            imports.onInterrupt(state);
        }
    }

    private static boolean waits(Preview1Function function) {
        return switch (function) {
            case FD_READ, FD_WRITE, PATH_OPEN, POLL_ONEOFF, SOCK_ACCEPT, SOCK_RECV, SOCK_SEND ->
                    true;
            default -> false;
        };
    }

    private static @Nullable Preview1Function find(ImportType asked) {
        if (asked.module().equals(MODULE)) {
            for (Preview1Function function : Preview1Function.values()) {
                if (function.importName().equals(asked.name())) {
                    return function;
                }
            }
        }
        return null;
    }

    /** Ends a wait, so that the guest's thread looks whether its call is to be stopped. */
    @Override
    public void run() {
        waiter.wake();
    }

    /** One function of one instance: hands the call on, and its errno back. */
    private static final class Call implements HostFunction {
        private final Preview1 state;
        private final Preview1Function function;

        Call(Preview1 state, Preview1Function function) {
            this.state = state;
            this.function = function;
        }

        @Override
        public void call(HostCall call) {
            Errno errno = Errno.SUCCESS;
            try {
                state.dispatch(function, new Guest(call, state.waiter, state.buffer));
            } catch (ErrnoException e) {
                errno = e.errno();
            }
            call.result(errno.number());
        }
    }

    private void dispatch(Preview1Function function, Guest guest) throws ErrnoException {
        switch (function) {
            case ARGS_GET -> StringList.ofArgs(config).get(guest, guest.u32(0), guest.u32(1));
            case ARGS_SIZES_GET ->
                    StringList.ofArgs(config).sizesGet(guest, guest.u32(0), guest.u32(1));
            case ENVIRON_GET -> StringList.ofEnviron(config).get(guest, guest.u32(0), guest.u32(1));
            case ENVIRON_SIZES_GET ->
                    StringList.ofEnviron(config).sizesGet(guest, guest.u32(0), guest.u32(1));
            case CLOCK_RES_GET -> clocks.resGet(guest, guest.i32(0), guest.u32(1));
            case CLOCK_TIME_GET -> clocks.timeGet(guest, guest.i32(0), guest.u32(2));
            case FD_READ ->
                    fd(guest, Rights.FD_READ).read(guest, guest.u32(1), guest.u32(2), guest.u32(3));
            case FD_WRITE ->
                    fd(guest, Rights.FD_WRITE)
                            .write(guest, guest.u32(1), guest.u32(2), guest.u32(3));
            case FD_CLOSE -> descriptors.close(guest.i32(0));
            case FD_RENUMBER -> descriptors.renumber(guest.i32(0), guest.i32(1));
            case FD_FDSTAT_GET -> fd(guest, Rights.NONE).fdstatGet(guest, guest.u32(1));
            case POLL_ONEOFF ->
                    new Poll(clocks, descriptors, guest, guest.u32(0), guest.u32(1), guest.u32(2))
                            .run(guest.u32(3));
            case PROC_EXIT -> throw new ExitException(guest.i32(0));
            case RANDOM_GET -> RandomBytes.get(random, guest, guest.u32(0), guest.u32(1));
            case SCHED_YIELD -> schedYield();
            case PROC_RAISE -> throw new ErrnoException(Errno.NOTSUP);
            case SOCK_ACCEPT, SOCK_RECV, SOCK_SEND, SOCK_SHUTDOWN ->
                    new SockCalls(descriptors, guest).run(function);
            case FD_ADVISE,
                    FD_ALLOCATE,
                    FD_DATASYNC,
                    FD_FDSTAT_SET_FLAGS,
                    FD_FDSTAT_SET_RIGHTS,
                    FD_FILESTAT_GET,
                    FD_FILESTAT_SET_SIZE,
                    FD_FILESTAT_SET_TIMES,
                    FD_PREAD,
                    FD_PRESTAT_GET,
                    FD_PRESTAT_DIR_NAME,
                    FD_PWRITE,
                    FD_READDIR,
                    FD_SEEK,
                    FD_SYNC,
                    FD_TELL ->
                    new FileCalls(descriptors, clocks, guest).run(function);
            case PATH_CREATE_DIRECTORY,
                    PATH_FILESTAT_GET,
                    PATH_FILESTAT_SET_TIMES,
                    PATH_LINK,
                    PATH_OPEN,
                    PATH_READLINK,
                    PATH_REMOVE_DIRECTORY,
                    PATH_RENAME,
                    PATH_SYMLINK,
                    PATH_UNLINK_FILE ->
                    new PathCalls(descriptors, clocks, guest).run(function);
        }
    }

    /** {@return the open descriptor the first argument names, to do something with it} */
    private Descriptor fd(Guest guest, long right) throws ErrnoException {
        return descriptors.get(guest.i32(0), right);
    }

    @SuppressWarnings("ThreadPriorityCheck") // That is what the guest asks for.
    private static void schedYield() {
        Thread.yield();
    }
}
