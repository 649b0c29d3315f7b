package dev.kugg.cli;

import dev.kugg.examples.reactor.Main;

/** {@code kugg demo}: the first example as it is. */
final class Demo {
    private Demo() {}

    static int run() {
        Main.main(new String[0]);
        return 0;
    }
}
