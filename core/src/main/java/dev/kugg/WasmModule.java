package dev.kugg;

import dev.kugg.types.ExportType;
import dev.kugg.types.ImportType;

import java.util.List;

/**
 * A loaded module: valid, compiled, and ready to be started any number of times. Its instances
 * share its code and nothing else.
 *
 * <p>A module is immutable; any thread may use it. Its code is unloaded when neither it nor an
 * instance of it is reachable.
 *
 * {@snippet class="dev.kugg.Snippets" region="module"}
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/modules.html">Modules</a>
 */
public sealed interface WasmModule permits dev.kugg.internal.link.LoadedModule {
    /** {@return the name the module was loaded under, such as {@code reactor.wasm}} */
    String name();

    /** {@return what the module asks for, in its order} */
    List<ImportType> imports();

    /** {@return what the module gives, in its order} */
    List<ExportType> exports();

    /** {@return the module's sections in the order of the file, custom ones included} */
    List<Section> sections();

    /**
     * {@return the contents of the custom sections of this name, in the order of the file; each
     * array is a copy}
     *
     * @param name the custom section's name, such as {@code producers}
     */
    List<byte[]> customSections(String name);

    /**
     * {@return the way to an instance, with nothing granted yet}
     *
     * <p>Equal to {@code with(imports -> {})}.
     */
    InstanceBuilder builder();

    /**
     * {@return the way to an instance that may use what the host gives}
     *
     * @param host gives the module its imports; called once for each instance
     */
    default InstanceBuilder with(Host host) {
        return builder().with(host);
    }

    /**
     * Starts an instance that needs no imports; see {@link InstanceBuilder#start()}.
     *
     * @return the instance
     * @throws WasmException if it cannot be started
     */
    default Instance start() {
        return builder().start();
    }

    /**
     * A section of the module.
     *
     * @param id the section's number in the binary format; 0 for a custom section
     * @param name {@code type}, {@code import}, ..., or a custom section's own name
     * @param offset where its contents begin, in bytes from the start of the module
     * @param sizeBytes the size of its contents in bytes
     * @see <a
     *     href="https://webassembly.github.io/spec/core/binary/modules.html#sections">Sections</a>
     */
    record Section(int id, String name, long offset, long sizeBytes) {}
}
