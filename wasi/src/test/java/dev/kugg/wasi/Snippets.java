package dev.kugg.wasi;

import dev.kugg.Kugg;
import dev.kugg.WasmModule;

import java.nio.file.Path;
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

    // @start region="directories"
    static int withDirectories(WasmModule module, Path uploads, Path scratch) {
        Wasi wasi =
                Wasi.preview1()
                        .args("convert", "/in/photo.png", "/out/photo.jpg")
                        .readOnlyDir(uploads, "/in")
                        .dir(scratch, "/out")
                        .dir(Root.resources(Snippets.class, "tree"), "/share/convert")
                        .quota(100_000_000, 1_000);
        return module.with(wasi).run();
    }

    // @end

    // @start region="layers"
    static Wasi layers(Path changes, Path template) {
        Root site = Root.layered(Root.of(changes), Root.of(template));
        return Wasi.preview1().dir(site, "/site");
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
