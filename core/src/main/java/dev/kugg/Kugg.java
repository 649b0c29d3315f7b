package dev.kugg;

import dev.kugg.internal.link.ModuleLoading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The way in: turns bytes into a {@link WasmModule}.
 *
 * {@snippet class="dev.kugg.Snippets" region="reactor"}
 */
public final class Kugg {
    private Kugg() {}

    /**
     * Loads a module: decodes, validates and compiles it as a whole.
     *
     * @param name the module's name in messages and stack traces, by custom its file's, such as
     *     {@code reactor.wasm}
     * @param bytes the module in the binary format; not kept, so it may be changed afterwards
     * @return the module; it may be started any number of times
     * @throws MalformedException if the bytes are not a module
     * @throws InvalidException if the module is not valid
     * @throws UnsupportedException if it uses a feature this version does not compile
     * @throws LimitException if it is larger than a limit allows
     */
    public static WasmModule module(String name, byte[] bytes) {
        return ModuleLoading.load(name, bytes.clone());
    }

    /**
     * Loads a module from a resource of the program, as {@link #module(String, byte[])} does.
     *
     * @param anchor a class of the program; the resource is looked up beside it
     * @param resource the resource's name as {@link Class#getResourceAsStream} takes it, such as
     *     {@code reactor.wasm}
     * @return the module
     * @throws IllegalArgumentException if there is no such resource
     * @throws UncheckedIOException if it cannot be read
     * @throws WasmException if it cannot be loaded
     */
    public static WasmModule module(Class<?> anchor, String resource) {
        byte[] bytes;
        try (InputStream in = anchor.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "no resource " + resource + " beside " + anchor.getName());
            }
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read resource " + resource + " beside " + anchor.getName(), e);
        }
        return ModuleLoading.load(resource.substring(resource.lastIndexOf('/') + 1), bytes);
    }

    /**
     * Loads a module from a file, as {@link #module(String, byte[])} does.
     *
     * @param file the file
     * @return the module
     * @throws IOException if the file cannot be read
     * @throws WasmException if the module cannot be loaded
     */
    public static WasmModule module(Path file) throws IOException {
        Path name = file.getFileName();
        return ModuleLoading.load(
                name == null ? file.toString() : name.toString(), Files.readAllBytes(file));
    }
}
