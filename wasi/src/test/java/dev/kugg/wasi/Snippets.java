package dev.kugg.wasi;

import dev.kugg.Kugg;
import dev.kugg.WasmModule;

import java.util.Map;

/** The examples in the javadoc, compiled. */
final class Snippets {
    private Snippets() {}

    // @start region="command"
    static int command(WasmModule module) {
        Wasi wasi =
                Wasi.preview1()
                        .args("sort", "-r")
                        .envs(Map.of("LANG", "C"))
                        .stdin(System.in)
                        .stdout(System.out)
                        .stderr(System.err);
        return module.with(wasi).run();
    }

    // @end

    // @start region="reactor"
    interface Counter extends AutoCloseable {
        int inc(int n);

        @Override
        void close();
    }

    static int reactor() {
        Wasi wasi = Wasi.preview1().stderr(System.err);
        try (Counter counter =
                Kugg.module(Snippets.class, "reactor.wasm").with(wasi).start(Counter.class)) {
            return counter.inc(1);
        }
    }
    // @end
}
