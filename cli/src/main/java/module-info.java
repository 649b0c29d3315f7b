/** The {@code kugg} command. */
module kugg.cli {
    requires info.picocli;
    requires kugg;
    requires kugg.examples.reactor;
    requires kugg.wasi;
    requires static org.jspecify;
}
