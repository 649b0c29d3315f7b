package dev.kugg.internal.runtime;

import dev.kugg.Extern;
import dev.kugg.WasmModule;
import dev.kugg.types.FuncType;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.util.Map;

/** What an instance asks of its module while it runs; the linker gives it. */
public interface ModuleCode {
    /** {@return the module as its users know it} */
    WasmModule module();

    /** {@return the type at a typeidx} */
    FuncType type(int typeidx);

    /** {@return the typeidx of a function; equal types of the module have one typeidx here} */
    int typeOf(int funcidx);

    /**
     * {@return the number of a function among those of its type that references can lead to, or -1}
     */
    int slotOf(int funcidx);

    /** {@return the name of a function in messages} */
    String name(int funcidx);

    /** {@return the module's bytes, where data segments lie} */
    byte[] bytes();

    /** {@return the exports of an instance by name} */
    Map<String, Extern> exports(InstanceState instance);

    /** {@return the exports of an instance as a Java interface} */
    <T> T bind(InstanceState instance, MethodHandles.@Nullable Lookup lookup, Class<T> type);

    /** {@return one exported function of an instance as a Java interface with one method} */
    <T> T bindFunc(InstanceState instance, String name, Class<T> type);
}
