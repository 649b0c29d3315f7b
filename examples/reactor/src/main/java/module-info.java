/** The reactor example. */
module kugg.examples.reactor {
    requires kugg;
    requires kugg.wasi;
    requires static org.jspecify;

    // The kugg command calls Main.
    exports dev.kugg.examples.reactor;

    // Kugg reads reactor.wasm from this package and implements its interface.
    opens dev.kugg.examples.reactor to
            kugg;
}
