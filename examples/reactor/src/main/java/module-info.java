/** The reactor example. */
@SuppressWarnings("module") // The command is built after this.
module kugg.examples.reactor {
    requires kugg;
    requires kugg.wasi;
    requires static org.jspecify;

    // "kugg demo" calls Main.
    exports dev.kugg.examples.reactor to
            kugg.cli;

    // Kugg reads reactor.wasm from this package and implements its interface.
    opens dev.kugg.examples.reactor to
            kugg;
}
