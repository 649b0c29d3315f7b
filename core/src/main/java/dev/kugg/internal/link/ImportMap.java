package dev.kugg.internal.link;

import dev.kugg.Extern;
import dev.kugg.HostFunction;
import dev.kugg.Imports;
import dev.kugg.Instance;
import dev.kugg.WasmModule;
import dev.kugg.types.FuncType;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What hosts gave for one instance. */
public final class ImportMap implements Imports {
    /** A function of the host with its type. */
    record Given(FuncType type, HostFunction function) {}

    private final WasmModule module;

    // By the two names; a Given or an Extern.
    private final Map<String, Map<String, Object>> given = new HashMap<>();
    final List<Runnable> closeActions = new ArrayList<>();
    final List<Runnable> interruptActions = new ArrayList<>();

    ImportMap(WasmModule module) {
        this.module = module;
    }

    @Override
    public WasmModule module() {
        return module;
    }

    @Override
    public Imports function(String moduleName, String name, FuncType type, HostFunction function) {
        put(moduleName, name, new Given(type, function));
        return this;
    }

    @Override
    public Imports extern(String moduleName, String name, Extern extern) {
        put(moduleName, name, extern);
        return this;
    }

    @Override
    public Imports exportsOf(String moduleName, Instance instance) {
        for (Map.Entry<String, Extern> export : instance.exports().entrySet()) {
            put(moduleName, export.getKey(), export.getValue());
        }
        return this;
    }

    private void put(String moduleName, String name, Object what) {
        Map<String, Object> names = given.get(moduleName);
        if (names == null) {
            names = new HashMap<>();
            given.put(moduleName, names);
        }
        names.put(name, what);
    }

    @Override
    public Imports onClose(Runnable action) {
        closeActions.add(action);
        return this;
    }

    @Override
    public Imports onInterrupt(Runnable action) {
        interruptActions.add(action);
        return this;
    }

    /** {@return a {@link Given}, an {@link Extern}, or null} */
    @Nullable Object find(String moduleName, String name) {
        Map<String, Object> names = given.get(moduleName);
        return names == null ? null : names.get(name);
    }

    /** {@return what was given, in brief} */
    String describe() {
        if (given.isEmpty()) {
            return "; nothing is given";
        }
        StringBuilder text = new StringBuilder("; given are");
        for (Map.Entry<String, Map<String, Object>> each : given.entrySet()) {
            text.append(" \"").append(each.getKey()).append("\": ");
            int shown = Math.min(each.getValue().size(), 8);
            for (String name : each.getValue().keySet()) {
                if (shown-- == 0) {
                    text.append("...");
                    break;
                }
                text.append(name).append(shown == 0 ? "" : ", ");
            }
        }
        return text.toString();
    }
}
