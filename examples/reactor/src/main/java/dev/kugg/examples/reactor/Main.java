package dev.kugg.examples.reactor;

import dev.kugg.Kugg;
import dev.kugg.wasi.Wasi;

public final class Main {
    public interface Reactor extends AutoCloseable {
        int inc(int n);

        @Override
        void close();
    }

    public static void main(String[] args) {
        var wasi = Wasi.preview1().stderr(System.err);
        try (Reactor reactor =
                Kugg.module(Main.class, "reactor.wasm").with(wasi).start(Reactor.class)) {
            int a = 1;
            int b = reactor.inc(a);
            System.out.println("inc(" + a + ") = " + b);
            System.out.println("inc(" + b + ") = " + reactor.inc(b));
        }
    }
}
