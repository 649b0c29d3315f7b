import dev.kugg.WasmModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;
import dev.kugg.wasi.Wasi;

/** Kugg as an engine of the benchmark harness, whose interface Engine this is compiled against. */
public class Kugg implements Engine {
    private static final FuncType UNARY = FuncType.of(ValType.I32).to(ValType.I32);

    private WasmModule module;

    /** A guest that is run. */
    public interface Run {
        long run(int n);
    }

    /** A guest that measures calls. */
    public interface Calls {
        int inc(int n);

        int hostloop(int n);
    }

    @Override
    public void load(byte[] wasm) {
        module = dev.kugg.Kugg.module("guest.wasm", wasm);
    }

    @Override
    public Engine.Instance instantiate() {
        dev.kugg.Instance instance =
                module.with(Wasi.preview1().stderr(System.err))
                        .with(
                                imports ->
                                        imports.function(
                                                "env",
                                                "add1",
                                                UNARY,
                                                call -> call.result(call.i32(0) + 1)))
                        .start();
        return exports("hostloop") ? new Called(instance) : new Runner(instance);
    }

    private boolean exports(String name) {
        return module.exports().stream().anyMatch(export -> export.name().equals(name));
    }

    private record Runner(dev.kugg.Instance instance, Run exports) implements Engine.Instance {
        Runner(dev.kugg.Instance instance) {
            this(instance, instance.exports(Run.class));
        }

        @Override
        public long run(int n) {
            return exports.run(n);
        }

        @Override
        public int inc(int n) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int hostloop(int n) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            instance.close();
        }
    }

    private record Called(dev.kugg.Instance instance, Calls exports) implements Engine.Instance {
        Called(dev.kugg.Instance instance) {
            this(instance, instance.exports(Calls.class));
        }

        @Override
        public long run(int n) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int inc(int n) {
            return exports.inc(n);
        }

        @Override
        public int hostloop(int n) {
            return exports.hostloop(n);
        }

        @Override
        public void close() {
            instance.close();
        }
    }
}
