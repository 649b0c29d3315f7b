package dev.kugg.wasi.internal;

import dev.kugg.ExitException;
import dev.kugg.HostCall;
import dev.kugg.HostFunction;
import dev.kugg.Imports;
import dev.kugg.types.ImportType;
import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

/**
 * The state of one instance, and the place where each call finds its topic. Used by the thread that
 * runs the instance; only {@link #run}, which wakes it, may come from another one.
 */
public final class Preview1 implements Runnable {
    /** The name modules import the functions from. */
    static final String MODULE = "wasi_snapshot_preview1";

    private static final int WHENCE_END = 2;

    private final Config config;
    private final Descriptors descriptors;
    private final Clocks clocks;

    private Preview1(Config config) {
        this.config = config;
        this.descriptors = new Descriptors(config);
        this.clocks = new Clocks(config.clock);
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
                waits |= function == Preview1Function.FD_READ;
                waits |= function == Preview1Function.POLL_ONEOFF;
            }
        }
        if (waits && config.stdin != null) {
            imports.onInterrupt(state);
        }
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

    /**
     * Ends a wait for input, so that the guest's thread looks whether its call is to be stopped.
     */
    @Override
    public void run() {
        Input stdin = config.stdin;
        if (stdin != null) {
            stdin.wake();
        }
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
                state.dispatch(function, new Guest(call));
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
            case FD_CLOSE -> descriptors.close(guest.i32(0));
            case FD_FDSTAT_GET -> fd(guest).fdstatGet(guest, guest.u32(1));
            case FD_FDSTAT_SET_FLAGS -> fd(guest).fdstatSetFlags(guest.i32(1));
            case FD_FILESTAT_GET -> fd(guest).filestatGet(guest, guest.u32(1));
            case FD_PREAD, FD_PWRITE, FD_TELL -> throw refusal(function, guest, Errno.SPIPE);
            case FD_PRESTAT_GET -> throw refusal(function, guest, Errno.BADF);
            case FD_PRESTAT_DIR_NAME -> throw refusal(function, guest, Errno.NOTDIR);
            case FD_READ -> fd(guest).read(guest, guest.u32(1), guest.u32(2), guest.u32(3));
            case FD_RENUMBER -> descriptors.renumber(guest.i32(0), guest.i32(1));
            case FD_SEEK -> throw refusal(function, guest, seekErrno(guest.i32(2)));
            case FD_WRITE -> fd(guest).write(guest, guest.u32(1), guest.u32(2), guest.u32(3));
            case POLL_ONEOFF ->
                    new Poll(clocks, descriptors, guest, guest.u32(0), guest.u32(1), guest.u32(2))
                            .run(guest.u32(3));
            case PROC_EXIT -> throw new ExitException(guest.i32(0));
            case RANDOM_GET -> RandomBytes.get(config.random, guest, guest.u32(0), guest.u32(1));
            case SCHED_YIELD -> schedYield();
            default -> throw refusal(function, guest, Errno.NOTSUP);
        }
    }

    /** {@return the open descriptor the first argument names} */
    private Descriptor fd(Guest guest) throws ErrnoException {
        return descriptors.get(guest.i32(0));
    }

    @SuppressWarnings("ThreadPriorityCheck") // That is what the guest asks for.
    private static void schedYield() {
        Thread.yield();
    }

    /** Streams have no position, and that is said of known kinds of seeking only. */
    private static Errno seekErrno(int whence) {
        return whence < 0 || whence > WHENCE_END ? Errno.INVAL : Errno.SPIPE;
    }

    /**
     * {@return what a function answers that none of the descriptors there are supports} One that is
     * not even open is refused as such.
     */
    private ErrnoException refusal(Preview1Function function, Guest guest, Errno errno)
            throws ErrnoException {
        String params = function.params();
        for (int i = 0; i < params.length(); i++) {
            if (params.charAt(i) == 'd') {
                descriptors.get(guest.i32(i));
            }
        }
        return new ErrnoException(errno);
    }
}
