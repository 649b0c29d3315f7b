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
        return module(name, bytes, Limits.DEFAULT);
    }

    /**
     * Loads a module as {@link #module(String, byte[])} does, within other limits.
     *
     * @param name the module's name in messages and stack traces
     * @param bytes the module in the binary format; not kept, so it may be changed afterwards
     * @param limits what the module and its instances may take
     * @return the module
     * @throws WasmException if it cannot be loaded
     */
    public static WasmModule module(String name, byte[] bytes, Limits limits) {
        return ModuleLoading.load(name, bytes.clone(), limits);
    }

    /**
     * Loads a module from a resource of the program, as {@link #module(String, byte[])} does.
     *
     * @param anchor a class of the program; the resource is looked up beside it
     * @param resource the resource's name as {@link Class#getResourceAsStream} takes it, such as
     *     {@code reactor.wasm} In a named module the package must be open to {@code kugg}; if it is
     *     not, read the resource yourself and use {@link #module(String, InputStream)}
     * @return the module
     * @throws IllegalArgumentException if there is no such resource, or Kugg may not read it
     * @throws UncheckedIOException if it cannot be read
     * @throws WasmException if it cannot be loaded
     */
    public static WasmModule module(Class<?> anchor, String resource) {
        return module(anchor, resource, Limits.DEFAULT);
    }

    /**
     * Loads a module as {@link #module(Class, String)} does, within other limits.
     *
     * @param anchor a class of the program; the resource is looked up beside it
     * @param resource the resource's name
     * @param limits what the module and its instances may take
     * @return the module
     * @throws IllegalArgumentException if there is no such resource, or Kugg may not read it
     * @throws UncheckedIOException if it cannot be read
     * @throws WasmException if it cannot be loaded
     */
    public static WasmModule module(Class<?> anchor, String resource, Limits limits) {
        byte[] bytes;
        try (InputStream in = anchor.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "no resource " + resource + " beside " + anchor.getName() + closed(anchor));
            }
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read resource " + resource + " beside " + anchor.getName(), e);
        }
        return ModuleLoading.load(resource.substring(resource.lastIndexOf('/') + 1), bytes, limits);
    }

    /** {@return the reason why a resource that is there cannot be found, if that may be so} */
    private static String closed(Class<?> anchor) {
        Module module = anchor.getModule();
        if (module.isOpen(anchor.getPackageName(), Kugg.class.getModule())) {
            return "";
        }
        return " that Kugg may read: module "
                + module.getName()
                + " does not open "
                + anchor.getPackageName()
                + " to kugg";
    }

    /**
     * Loads a module from a stream, as {@link #module(String, byte[])} does.
     *
     * @param name the module's name in messages and stack traces
     * @param in gives the module; read to its end and not closed
     * @return the module
     * @throws IOException if the stream cannot be read
     * @throws WasmException if the module cannot be loaded
     */
    public static WasmModule module(String name, InputStream in) throws IOException {
        return module(name, in, Limits.DEFAULT);
    }

    /**
     * Loads a module as {@link #module(String, InputStream)} does, within other limits.
     *
     * @param name the module's name in messages and stack traces
     * @param in gives the module; read to its end, whatever the limits, and not closed
     * @param limits what the module and its instances may take
     * @return the module
     * @throws IOException if the stream cannot be read
     * @throws WasmException if the module cannot be loaded
     */
    public static WasmModule module(String name, InputStream in, Limits limits) throws IOException {
        return ModuleLoading.load(name, in.readAllBytes(), limits);
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
        return module(file, Limits.DEFAULT);
    }

    /**
     * Loads a module as {@link #module(Path)} does, within other limits.
     *
     * @param file the file
     * @param limits what the module and its instances may take
     * @return the module
     * @throws IOException if the file cannot be read
     * @throws WasmException if the module cannot be loaded
     */
    public static WasmModule module(Path file, Limits limits) throws IOException {
        Path name = file.getFileName();
        return ModuleLoading.load(
                name == null ? file.toString() : name.toString(), Files.readAllBytes(file), limits);
    }
}
