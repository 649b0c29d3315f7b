package dev.kugg.internal.runtime;

import dev.kugg.Func;

import org.jspecify.annotations.Nullable;

/** The superclass of generated classes that implement an interface over exports. */
public abstract class Binding {
    protected Binding() {}

    /**
     * {@return an implementation for an instance}
     *
     * @param instance the instance
     * @param funcs for each method that cannot call its function directly, the function; else null
     */
    public abstract Object bind(InstanceState instance, @Nullable Func[] funcs);
}
