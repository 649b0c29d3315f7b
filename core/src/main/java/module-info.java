/** The WebAssembly runtime: {@link dev.kugg.Kugg} is where to begin. */
module kugg {
    requires static org.jspecify;

    exports dev.kugg;
    exports dev.kugg.types;
}
