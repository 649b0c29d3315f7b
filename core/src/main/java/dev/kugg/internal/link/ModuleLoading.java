package dev.kugg.internal.link;

import dev.kugg.InvalidException;
import dev.kugg.LimitException;
import dev.kugg.Limits;
import dev.kugg.MalformedException;
import dev.kugg.UnsupportedException;
import dev.kugg.WasmModule;
import dev.kugg.internal.compile.CompiledModule;
import dev.kugg.internal.compile.Compiler;
import dev.kugg.internal.decode.Decoder;
import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.internal.validate.ValidModule;
import dev.kugg.internal.validate.Validator;

/** The whole way from bytes to a module, one step after the other. */
public final class ModuleLoading {
    private ModuleLoading() {}

    /**
     * Loads a module; see {@link dev.kugg.Kugg#module(String, byte[], Limits)}.
     *
     * @param name the module's name in messages
     * @param bytes the module; nobody may change the array afterwards
     * @param limits what it may take
     */
    public static WasmModule load(String name, byte[] bytes, Limits limits) {
        try {
            ModuleDef def = Decoder.decode(bytes, limits);
            ValidModule valid = Validator.validate(def, limits);
            CompiledModule compiled = Compiler.compile(name, valid);
            return new LoadedModule(name, def, compiled, limits);
        } catch (MalformedException e) {
            throw new MalformedException(e.getMessage() + in(name));
        } catch (InvalidException e) {
            throw new InvalidException(e.getMessage() + in(name));
        } catch (UnsupportedException e) {
            throw new UnsupportedException(e.getMessage() + in(name));
        } catch (LimitException e) {
            throw new LimitException(e.getMessage() + in(name));
        }
    }

    /** The steps know places in a module; which module it is, is known here. */
    private static String in(String name) {
        return " in " + name;
    }
}
