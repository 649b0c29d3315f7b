package dev.kugg.internal.compile;

import dev.kugg.LimitException;
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
     * @throws LimitException if a function does not fit a method of the JVM
     */
    public static CompiledModule compile(String name, ValidModule module) {
        WriterClasses.initialise();
        Compiler compiler = new Compiler(new ModulePlan(name, module));
        compiler.decideLimits();
        return new CompiledModule(compiler.plan, compiler.classes);
    }

    /** The one place where limits are decided; behind it, no class may fail to be written. */
    private void decideLimits() {
        checkBodies();
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

    // ---- until bodies are planned: writing is what finds out ----

    private static final int SURELY_FITS_BYTES = 4096;
    private static final int SURELY_FITS_LOCALS = 256;
    private static final int SURELY_FITS_RESULTS = 8;

    private void checkBodies() {
        boolean manyResults = plan.maxResults() > SURELY_FITS_RESULTS;
        for (int number = 0; number < plan.functionClassCount; number++) {
            int end = plan.firstFunction(number + 1);
            for (int funcidx = plan.firstFunction(number); funcidx < end; funcidx++) {
                if (manyResults || isDoubtful(funcidx)) {
                    classes.writeFunctions(number);
                    break;
                }
            }
        }
    }

    /** Whether a body might take more than a method holds. */
    private boolean isDoubtful(int funcidx) {
        return plan.bodyBytes(funcidx) > SURELY_FITS_BYTES
                || plan.localCount(funcidx) > SURELY_FITS_LOCALS
                || hasTooManyParams(plan.signature(funcidx));
    }
}
