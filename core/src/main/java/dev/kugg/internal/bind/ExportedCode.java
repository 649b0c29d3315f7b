package dev.kugg.internal.bind;

import dev.kugg.internal.compile.CompiledModule;
import dev.kugg.types.ExternType;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** What bindings have to know of a module's code. */
public interface ExportedCode {
    /** {@return the module's name in messages} */
    String name();

    /** {@return the types of the exports by name} */
    Map<String, ExternType> exportTypes();

    /** {@return the class loader of the module's code} */
    ClassLoader loader();

    /** {@return whether that loader defines the class itself} */
    boolean defines(String className);

    /**
     * {@return the method of an exported function that the module defines and that takes its
     * parameters one by one; null for any other export}
     */
    CompiledModule.@Nullable Method method(String export);
}
