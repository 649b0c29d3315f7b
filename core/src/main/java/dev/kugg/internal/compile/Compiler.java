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
     * @throws LimitException if a function has more parameters than a method of the JVM can have
     */
    public static CompiledModule compile(String name, ValidModule module) {
        WriterClasses.initialise();
        return compile(name, module, SplitLimits.current());
    }

    static CompiledModule compile(String name, ValidModule module, SplitLimits limits) {
        Compiler compiler = new Compiler(new ModulePlan(name, module, limits));
        compiler.decideLimits();
        compiler.plan.functions.planLargeBodies();
        return new CompiledModule(compiler.plan, compiler.classes);
    }

    /** The one place where limits are decided; behind it, no class may fail to be written. */
    private void decideLimits() {
        for (int i = plan.def.importedFuncs; i < plan.def.funcCount(); i++) {
            if (hasTooManyParams(plan.signature(i))) {
                FunctionWriter.checkParams(plan.signature(i), plan.describe(i));
            }
        }
        for (int i = 0; i < plan.def.importedFuncs; i++) {
            if (hasTooManyParams(plan.signature(i))) {
                FunctionWriter.checkParams(plan.signature(i), "imported function " + i);
            }
        }
        for (int type = 0; type < plan.signatures.length; type++) {
            if (plan.module.calledTypes[type] && hasTooManyParams(plan.signatures[type])) {
                FunctionWriter.checkParams(plan.signatures[type], "type " + type);
            }
        }
    }

    /** Spares functions within the limit the text that describes them. */
    private static boolean hasTooManyParams(Signature signature) {
        return signature.paramSlots > FunctionWriter.MAX_PARAM_SLOTS;
    }
}
