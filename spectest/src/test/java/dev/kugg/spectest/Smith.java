package dev.kugg.spectest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Makes modules with {@code wasm-tools smith}, and does with them what else wasm-tools can. */
final class Smith {
    private static final int ATTEMPTS = 50;

    private final Path wasmTools;

    Smith(Path wasmTools) {
        this.wasmTools = wasmTools;
    }

    /** Writes a module. Some random bytes are none; then others are taken. */
    void make(SmithConfig config, SplittableRandom random, Path module)
            throws IOException, InterruptedException {
        Path input = module.resolveSibling("smith-input");
        for (int i = 0; i < ATTEMPTS; i++) {
            Files.write(input, config.input(random));
            List<String> arguments = new ArrayList<>(config.arguments());
            arguments.addAll(List.of("-o", module.toString(), input.toString()));
            if (run("smith", arguments)) {
                return;
            }
        }
        throw new IOException("wasm-tools smith " + config.arguments() + " makes no module");
    }

    /** Writes a module's text beside it. */
    void print(Path module) throws IOException, InterruptedException {
        String text = module.toString().replaceAll("\\.wasm$", ".wat");
        run("print", List.of(module.toString(), "-o", text));
    }

    /** Starts wasm-tools for something longer. */
    Process start(String command, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(wasmTools.toString(), command));
        line.addAll(arguments);
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private boolean run(String command, List<String> arguments)
            throws IOException, InterruptedException {
        Process process = start(command, arguments);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor() == 0;
    }
}
