package dev.kugg.internal.link;

import dev.kugg.ExitException;
import dev.kugg.Extern;
import dev.kugg.Func;
import dev.kugg.Host;
import dev.kugg.Instance;
import dev.kugg.InstanceBuilder;
import dev.kugg.Limits;
import dev.kugg.UnlinkableException;
import dev.kugg.internal.runtime.InstanceState;
import dev.kugg.types.FuncType;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How instances of a module are to be started. Immutable.
 *
 * @param module the module
 * @param hosts what gives imports, the later ones counting
 * @param timeoutNanos the longest a call may run; 0 for no bound
 * @param stackBytes the stack budget
 * @param initialise whether to call {@code _initialize}
 * @param limits what their memories and tables may take
 */
public record LinkPlan(
        LoadedModule module,
        List<Host> hosts,
        long timeoutNanos,
        int stackBytes,
        boolean initialise,
        Limits limits)
        implements InstanceBuilder {
    private static final int DEFAULT_STACK_BYTES = 512 << 10;
    private static final int MIN_STACK_BYTES = 16 << 10;
    private static final int MAX_STACK_BYTES = 1 << 30;
    private static final FuncType ACTION = FuncType.of();

    static LinkPlan of(LoadedModule module, Limits limits) {
        return new LinkPlan(module, List.of(), 0, DEFAULT_STACK_BYTES, true, limits);
    }

    @Override
    public InstanceBuilder with(Host host) {
        List<Host> more = new ArrayList<>(hosts);
        more.add(host);
        return new LinkPlan(module, more, timeoutNanos, stackBytes, initialise, limits);
    }

    @Override
    public InstanceBuilder timeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("negative timeout " + timeout);
        }
        long nanos =
                timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? 0 : timeout.toNanos();
        return new LinkPlan(module, hosts, nanos, stackBytes, initialise, limits);
    }

    @Override
    public InstanceBuilder stackBudget(int bytes) {
        if (bytes < MIN_STACK_BYTES || bytes > MAX_STACK_BYTES) {
            throw new IllegalArgumentException(
                    "a stack budget of "
                            + bytes
                            + " bytes; it must be "
                            + MIN_STACK_BYTES
                            + " to "
                            + MAX_STACK_BYTES);
        }
        return new LinkPlan(module, hosts, timeoutNanos, bytes, initialise, limits);
    }

    @Override
    public InstanceBuilder initialize(boolean initialize) {
        return new LinkPlan(module, hosts, timeoutNanos, stackBytes, initialize, limits);
    }

    @Override
    public InstanceBuilder limits(Limits other) {
        return new LinkPlan(
                module,
                hosts,
                timeoutNanos,
                stackBytes,
                initialise,
                Objects.requireNonNull(other, "limits"));
    }

    @Override
    public Instance start() {
        return startState();
    }

    private InstanceState startState() {
        return Instantiation.start(this, initialise);
    }

    @Override
    public <T extends AutoCloseable> T start(Class<T> exports) {
        return start(null, exports);
    }

    @Override
    public <T extends AutoCloseable> T start(
            MethodHandles.@Nullable Lookup lookup, Class<T> exports) {
        module.checkInterface(exports);
        InstanceState instance = startState();
        try {
            return module.bind(instance, lookup, exports);
        } catch (Throwable e) {
            instance.close();
            throw e;
        }
    }

    @Override
    public int run() {
        try (InstanceState instance = Instantiation.start(this, false)) {
            Extern start = instance.exports().get("_start");
            if (!(start instanceof Func func) || !func.type().equals(ACTION)) {
                throw new UnlinkableException(
                        module.name()
                                + " is not a command: it "
                                + (start == null
                                        ? "exports no \"_start\""
                                        : "exports \"_start\" as " + start.type())
                                + ", and running it needs a function of type "
                                + ACTION);
            }
            func.call();
            return 0;
        } catch (ExitException e) {
            return e.code();
        }
    }
}
