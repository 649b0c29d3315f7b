package dev.kugg.cli;

import dev.kugg.Kugg;
import dev.kugg.WasmModule;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Loads the file a command names. */
final class Modules {
    private Modules() {}

    /** {@return the file's name without its folders, which is the module's name too} */
    static String name(String file) {
        return new File(file).getName();
    }

    /** {@return the bytes of a file} A plain stream starts faster than a channel. */
    static byte[] read(String file) throws FailureException {
        try (InputStream in = new FileInputStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new FailureException("unreadable", file + ": " + reason(new File(file), e));
        }
    }

    /** {@return why a file cannot be opened to be read} */
    static String reason(File file, IOException e) {
        if (!file.exists()) {
            return "no such file";
        }
        if (file.isDirectory()) {
            return "is a directory";
        }
        return file.canRead() ? String.valueOf(e.getMessage()) : "permission denied";
    }

    /**
     * {@return the module in these bytes, under the limits that were typed}
     *
     * @throws FailureException if they are not limits
     */
    static WasmModule load(String file, byte[] bytes, Arguments arguments) throws FailureException {
        List<String> limits = arguments.values(Option.LIMIT);
        return limits.isEmpty()
                ? Kugg.module(name(file), bytes)
                : Kugg.module(name(file), bytes, GuestLimits.parse(limits));
    }
}
