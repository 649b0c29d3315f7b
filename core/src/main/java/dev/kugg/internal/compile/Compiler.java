package dev.kugg.internal.compile;

import dev.kugg.LimitException;
import dev.kugg.internal.flow.SplitLimits;
import dev.kugg.internal.validate.ValidModule;

/**
 * Turns a valid module into a plan of its classes. Whatever could refuse the module later, while
 * its classes are written and its code runs, does so here.
 */
public final class Compiler {
    private final ModulePlan plan;
    private final ClassFiles classes;

    private Compiler(ModulePlan plan) {
        this.plan = plan;
        classes = new ClassFiles(plan);
    }

    /**
     * {@return the module's code}
     *
     * @param name the module's name in stack traces
     * @param module the module
     * @throws LimitException if it has more globals than the instance's class can have fields
     */
    public static CompiledModule compile(String name, ValidModule module) {
        WriterClasses.initialise();
        return compile(name, module, SplitLimits.current());
    }

    static CompiledModule compile(String name, ValidModule module, SplitLimits limits) {
        Compiler compiler = new Compiler(new ModulePlan(name, module, limits));
        compiler.plan.functions.planLargeBodies();
        return new CompiledModule(compiler.plan, compiler.classes);
    }
}
