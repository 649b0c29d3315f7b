/** WASI preview 1, written on the public host API alone: {@link dev.kugg.wasi.Wasi}. */
module kugg.wasi {
    requires transitive kugg;
    requires static org.jspecify;

    exports dev.kugg.wasi;
}
