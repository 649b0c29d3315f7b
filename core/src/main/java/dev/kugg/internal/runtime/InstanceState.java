package dev.kugg.internal.runtime;

import dev.kugg.ExhaustionException;
import dev.kugg.Extern;
import dev.kugg.Func;
import dev.kugg.Global;
import dev.kugg.Instance;
import dev.kugg.InterruptionException;
import dev.kugg.Memory;
import dev.kugg.Table;
import dev.kugg.WasmException;
import dev.kugg.WasmModule;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An instance: what its generated code reads and writes, who is inside it, and how a call in it is
 * stopped. Each module has one generated subclass, with its globals as fields.
 *
 * <p><b>Being inside.</b> The thread that calls from the host takes {@link #busy} by
 * compare-and-set and gives it back when the call ends; a nested call of the same thread is counted
 * in {@link #nested}.
 *
 * <p><b>The stack budget.</b> Every generated method takes as its last parameter how many bytes of
 * stack are left, subtracts an upper estimate of its own frame, and compares the rest with {@link
 * #limit}, which is 0.
 *
 * <p><b>Stopping.</b> A request to stop sets {@link #limit} to the greatest number, so the next
 * function entry takes its slow path, and {@link #stop} to 1, which loops look at (LoopPlan says
 * which and how often), and rings the module's {@link Alarm}, without which some loops do not look.
 * All lead to {@link #poll}. Function entries read {@code limit} as a plain field: a call that is
 * not inlined makes the JIT read it anew, and recursion always has such a call; loops have polls of
 * their own.
 */
public abstract non-sealed class InstanceState implements Instance {
    /**
     * What a host function between two calls into the guest is taken to need of the stack, in
     * bytes.
     */
    private static final int HOST_FRAMES_BYTES = 1024;

    private static final long PAUSE_SLICE_NANOS = 50_000_000;

    // Why a call is to be stopped, as bits of `reasons`.
    private static final int INTERRUPTED = 1;
    private static final int TIMED_OUT = 2;
    private static final int CLOSED = 4;
    private static final int CALLER_STOPPED = 8;

    /**
     * What is left of the stack budget must not be less: 0, or more than any budget when a call is
     * to be stopped.
     */
    public int limit;

    /** Not 0 when a call is to be stopped. */
    public volatile int stop;

    /**
     * What a trip takes from a loop's count: 1. A JIT does not know that, and so does not take the
     * count for one that it can unroll the loop by.
     */
    public int trip = 1;

    /** The memory at memidx 0. */
    public @Nullable MemoryInstance memory;

    /** The tables by tableidx. */
    public TableInstance[] tables = {};

    /** The functions by funcidx, the imported ones and those that were asked for. */
    public FuncInstance[] funcs = {};

    /** The globals that others can see, by globalidx; null for the rest. */
    public @Nullable GlobalInstance[] globals = {};

    /** The element segments; empty once dropped. */
    public @Nullable Object[][] elems = {};

    /** Where each data segment begins in the module. */
    public int[] dataStarts = {};

    /** The length of each data segment; 0 once dropped. */
    public int[] dataLengths = {};

    /** Where a function with several results leaves those that are numbers, by their index. */
    public long[] results = {};

    /** Where a function with several results leaves those that are references, by their index. */
    public @Nullable Object[] refResults = {};

    public final ModuleCode code;

    /**
     * What is left of the stack budget where a host function was called; what a nested call starts
     * from.
     */
    int remaining;

    private static final AtomicIntegerFieldUpdater<InstanceState> BUSY =
            AtomicIntegerFieldUpdater.newUpdater(InstanceState.class, "busy");

    /**
     * 1 while a thread is inside. A field, so that giving it back takes no call that could meet the
     * stack's end.
     */
    private volatile int busy;

    private final ReentrantLock stopLock = new ReentrantLock();
    private final List<Runnable> closeActions = new ArrayList<>(0);
    private final List<Runnable> interruptActions = new ArrayList<>(0);
    private int budget;
    private long timeoutNanos;
    private @Nullable Thread owner;
    private int nested;
    private int reasons;
    private volatile boolean closed;
    private boolean closeActionsRun;
    private @Nullable Future<?> deadline;

    // The calls from the host that have a deadline, counted, so that a late timer does not stop the
    // next one.
    private int timedCalls;
    private volatile @Nullable InstanceState callee;
    private @Nullable InstanceState caller;
    private @Nullable Map<String, Extern> exports;

    protected InstanceState(ModuleCode code) {
        this.code = code;
    }

    /**
     * {@return a new instance of the same module} The only use of a generated class's prototype.
     */
    public abstract InstanceState create(ModuleCode module);

    /** {@return the module's alarm} */
    protected abstract Alarm alarm();

    /**
     * Calls the function of a type and slot; {@code slots} and {@code refs} hold its arguments,
     * then its results.
     */
    public abstract void invoke(
            int type, int slot, long[] slots, @Nullable Object[] refs, int remaining);

    /**
     * Sets the globals that are fields: numbers from their bits, references and shared globals from
     * the objects.
     */
    public abstract void initGlobals(long[] bits, @Nullable Object[] refs);

    /** Sets what the instance was started with. */
    public final void configure(
            int stackBudget, long timeout, List<Runnable> onClose, List<Runnable> onInterrupt) {
        budget = stackBudget;
        timeoutNanos = timeout;
        closeActions.addAll(onClose);
        interruptActions.addAll(onInterrupt);
    }

    /** {@return the function at a funcidx as a value} */
    public final FuncInstance func(int funcidx) {
        FuncInstance func = funcs[funcidx];
        if (func == null) {
            func = newFunc(funcidx, null);
        }
        return func;
    }

    /**
     * Makes the value of the function at a funcidx; {@code host} is the host's function for an
     * import of one.
     */
    public final FuncInstance newFunc(int funcidx, dev.kugg.@Nullable HostFunction host) {
        FuncInstance func = new FuncInstance(this, funcidx, host);
        funcs[funcidx] = func;
        return func;
    }

    // ---- being inside ----

    /**
     * Begins a call from the host.
     *
     * @return the stack budget of the call, in bytes
     * @throws IllegalStateException if the instance is closed or another thread is inside
     */
    public final int enter() {
        Thread thread = Thread.currentThread();
        if (!BUSY.compareAndSet(this, 0, 1)) {
            return enterAgain(thread);
        }
        owner = thread;
        if (stop != 0 || timeoutNanos != 0) {
            // Whatever happens, the end of the stack included, the way in must not stay shut.
            try {
                enterSlowly();
            } catch (Throwable e) {
                owner = null;
                busy = 0;
                throw e;
            }
        }
        return budget;
    }

    private void enterSlowly() {
        if (closed) {
            throw closedError();
        }
        if (timeoutNanos == 0) {
            poll();
            return;
        }
        int call;
        stopLock.lock();
        try {
            call = ++timedCalls;
            setReasons(reasons & ~TIMED_OUT);
        } finally {
            stopLock.unlock();
        }
        poll();
        deadline = Deadlines.after(timeoutNanos, () -> timeOut(call));
    }

    private int enterAgain(Thread thread) {
        Thread inside = owner;
        if (inside != thread) {
            if (closed) {
                throw closedError();
            }
            throw new IllegalStateException(
                    "the instance of "
                            + module().name()
                            + " is busy: "
                            + (inside == null ? "another thread" : "thread " + inside.getName())
                            + " is inside; an instance serves one thread at a time");
        }
        nested++;
        return remaining - HOST_FRAMES_BYTES;
    }

    private IllegalStateException closedError() {
        return new IllegalStateException("the instance of " + module().name() + " is closed");
    }

    /** Ends a call that {@link #enter} began. */
    public final void exit() {
        if (nested > 0) {
            nested--;
            return;
        }
        Future<?> timer = deadline;
        deadline = null;
        owner = null;
        busy = 0;
        if (timer != null) {
            timer.cancel(false);
        }
        if (closed) {
            runCloseActions();
        }
    }

    /** A call from generated code of another instance, on the same thread. */
    final void invokeFrom(
            InstanceState from,
            FuncInstance function,
            long[] slots,
            @Nullable Object[] refs,
            int left) {
        enter();
        InstanceState callerBefore = caller;
        InstanceState calleeBefore = from.callee;
        int remainingBefore = from.remaining;
        caller = from;
        from.callee = this;
        from.remaining = left;
        try {
            // Read behind the write of callee: a stop requested meanwhile either is seen here or
            // sees the callee.
            if (from.stop != 0) {
                from.poll();
            }
            invoke(function.type, function.slot, slots, refs, left);
        } finally {
            from.remaining = remainingBefore;
            from.callee = calleeBefore;
            caller = callerBefore;
            exit();
        }
    }

    /**
     * {@return what a call from the host ends in, given what generated code threw} Errors of the
     * host are thrown on.
     */
    public final RuntimeException outcome(Throwable thrown) {
        if (thrown instanceof WasmException e) {
            return e;
        }
        Throwable own = thrown instanceof HostThrowable e ? e.thrown : thrown;
        if (own instanceof StackOverflowError overflow) {
            // A host function between two calls of the guest meets the same end of the stack.
            return new ExhaustionException(overflow);
        }
        throw sneaky(own);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    // ---- stopping ----

    /**
     * The slow path of a function's entry: a stop was requested, or the stack budget is used up.
     */
    public final void enterFunction(int left) {
        if (stop != 0) {
            poll();
        }
        if (left < 0) {
            throw new ExhaustionException();
        }
    }

    /** Ends the call if that was requested. */
    public final void poll() {
        String message = null;
        stopLock.lock();
        try {
            if ((reasons & CLOSED) != 0) {
                message = "the instance was closed";
            } else if ((reasons & INTERRUPTED) != 0) {
                message = "the call was interrupted";
                setReasons(reasons & ~INTERRUPTED);
            } else if ((reasons & TIMED_OUT) != 0) {
                message = "the call ran longer than " + timeoutText();
                setReasons(reasons & ~TIMED_OUT);
            } else {
                setReasons(reasons & ~CALLER_STOPPED);
            }
        } finally {
            stopLock.unlock();
        }
        if (message != null) {
            throw new InterruptionException(message);
        }
        InstanceState from = caller;
        if (from != null && from.stop != 0) {
            from.poll();
        }
    }

    private String timeoutText() {
        return timeoutNanos < 1_000_000
                ? timeoutNanos / 1_000 + " us"
                : timeoutNanos / 1_000_000 + " ms";
    }

    private void setReasons(int bits) {
        reasons = bits;
        limit = bits == 0 ? 0 : Integer.MAX_VALUE;
        stop = bits == 0 ? 0 : 1;
    }

    private void requestStop(int reason) {
        boolean known;
        stopLock.lock();
        try {
            known = (reasons & reason) != 0;
            setReasons(reasons | reason);
        } finally {
            stopLock.unlock();
        }
        // Instances may call each other in a circle.
        if (!known || reason != CALLER_STOPPED) {
            wake();
        }
    }

    /** Rings if somebody is inside: who comes in later looks at {@link #stop} first. */
    private void ring() {
        if (busy != 0) {
            alarm().ring();
        }
    }

    /** Ends waits: those of the thread inside, of the instance it calls, of hosts. */
    private void wake() {
        ring();
        Thread inside = owner;
        if (inside != null) {
            LockSupport.unpark(inside);
        }
        InstanceState inner = callee;
        if (inner != null) {
            inner.requestStop(CALLER_STOPPED);
        }
        runAll(interruptActions);
    }

    /** Runs all actions; what the first throws that does is thrown on behind the last. */
    private static void runAll(List<Runnable> actions) {
        Throwable first = null;
        for (int i = 0; i < actions.size(); i++) {
            try {
                actions.get(i).run();
            } catch (Throwable e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw sneaky(first);
        }
    }

    private void timeOut(int call) {
        stopLock.lock();
        try {
            if (call != timedCalls) {
                return;
            }
            setReasons(reasons | TIMED_OUT);
        } finally {
            stopLock.unlock();
        }
        wake();
    }

    @Override
    public final void interrupt() {
        requestStop(INTERRUPTED);
    }

    @Override
    public final boolean clearInterrupt() {
        stopLock.lock();
        try {
            boolean was = (reasons & INTERRUPTED) != 0;
            setReasons(reasons & ~INTERRUPTED);
            return was;
        } finally {
            stopLock.unlock();
        }
    }

    @Override
    public final void checkInterrupted() {
        if (stop != 0) {
            poll();
        }
    }

    @Override
    public final void pause(long nanos) {
        if (owner != Thread.currentThread()) {
            throw new IllegalStateException("only the thread inside the instance can pause it");
        }
        long start = System.nanoTime();
        while (true) {
            checkInterrupted();
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptionException(
                        "the thread was interrupted while the guest waited");
            }
            long left = nanos - (System.nanoTime() - start);
            if (left <= 0) {
                return;
            }
            // In slices, should the thread that wakes this one not see it inside yet.
            LockSupport.parkNanos(this, Math.min(left, PAUSE_SLICE_NANOS));
        }
    }

    // ---- closing ----

    @Override
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        requestStop(CLOSED);
        finishClosing();
    }

    /** Runs the close actions as soon as nobody is inside. */
    private void finishClosing() {
        if (owner == Thread.currentThread()) {
            return;
        }
        if (busy == 0) {
            runCloseActions();
        } else if (!closeActions.isEmpty()) {
            Deadlines.soon(this::finishClosing);
        }
    }

    /**
     * Gives back what the hosts hold for an instance that could not be started. It is not closed:
     * functions it put into tables of others before it failed can still be called.
     */
    public final void abandon() {
        runCloseActions();
    }

    private void runCloseActions() {
        stopLock.lock();
        try {
            if (closeActionsRun) {
                return;
            }
            closeActionsRun = true;
        } finally {
            stopLock.unlock();
        }
        runAll(closeActions);
    }

    // ---- exports ----

    @Override
    public final WasmModule module() {
        return code.module();
    }

    @Override
    public final Map<String, Extern> exports() {
        Map<String, Extern> known = exports;
        if (known == null) {
            known = Collections.unmodifiableMap(code.exports(this));
            exports = known;
        }
        return known;
    }

    @Override
    public final <T> T exports(Class<T> type) {
        return code.bind(this, null, type);
    }

    @Override
    public final <T> T exports(MethodHandles.Lookup lookup, Class<T> type) {
        return code.bind(this, lookup, type);
    }

    @Override
    public final <T> T func(String name, Class<T> functionalInterface) {
        return code.bindFunc(this, name, functionalInterface);
    }

    @Override
    public final Func func(String name) {
        return export(name, Func.class, "function");
    }

    @Override
    public final Memory memory(String name) {
        return export(name, Memory.class, "memory");
    }

    @Override
    public final Table table(String name) {
        return export(name, Table.class, "table");
    }

    @Override
    public final Global global(String name) {
        return export(name, Global.class, "global");
    }

    private <T extends Extern> T export(String name, Class<T> kind, String kindName) {
        Extern found = exports().get(name);
        if (kind.isInstance(found)) {
            return kind.cast(found);
        }
        StringBuilder there = new StringBuilder();
        for (Map.Entry<String, Extern> export : exports().entrySet()) {
            if (kind.isInstance(export.getValue()) && there.length() < 500) {
                there.append(there.isEmpty() ? "" : ", ").append(export.getKey());
            }
        }
        throw new IllegalArgumentException(
                module().name()
                        + " exports no "
                        + kindName
                        + " named \""
                        + name
                        + "\"; it exports "
                        + (there.isEmpty() ? "none" : there));
    }

    @Override
    public final String toString() {
        return "instance of " + module().name();
    }
}
