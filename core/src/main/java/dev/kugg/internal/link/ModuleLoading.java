package dev.kugg.internal.link;

import dev.kugg.WasmModule;
import dev.kugg.internal.compile.CompiledModule;
import dev.kugg.internal.compile.Compiler;
import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.validate.ValidModule;
import dev.kugg.internal.validate.Validator;

/** The whole way from bytes to a module, one step after the other. */
public final class ModuleLoading {
    private ModuleLoading() {}

    /**
     * Loads a module; see {@link dev.kugg.Kugg#module(String, byte[])}.
     *
     * @param name the module's name in messages
     * @param bytes the module; nobody may change the array afterwards
     */
    public static WasmModule load(String name, byte[] bytes) {
        ValidModule valid = Validator.validate(Decoder.decode(bytes));
        CompiledModule compiled = Compiler.compile(name, valid);
        return new LoadedModule(name, valid.def, compiled);
    }
}
