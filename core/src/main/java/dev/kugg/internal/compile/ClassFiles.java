package dev.kugg.internal.compile;

import dev.kugg.LimitException;
import dev.kugg.internal.classfile.ClassWriter;

/**
 * The classes of a module by internal name. Each is written from the plan alone when it is asked
 * for, in any order and by any thread, and nothing is kept of it.
 */
final class ClassFiles {
    private final ModulePlan plan;

    ClassFiles(ModulePlan plan) {
        this.plan = plan;
    }

    boolean has(String name) {
        return plan.functionClassNumber(name) >= 0
                || name.equals(RuntimeNames.INSTANCE)
                || plan.dispatch.has(name);
    }

    /** {@return the class file of a class that {@link #has} knows} */
    byte[] write(String name) {
        int number = plan.functionClassNumber(name);
        ClassWriter owner =
                number >= 0
                        ? writeFunctions(number)
                        : name.equals(RuntimeNames.INSTANCE)
                                ? InstanceClass.write(plan)
                                : plan.dispatch.write(name);
        return owner.toBytes();
    }

    /** {@return the n-th class of functions} */
    ClassWriter writeFunctions(int number) {
        ClassWriter owner = new ClassWriter(plan.functionClassName(number), RuntimeNames.OBJECT);
        owner.sourceFile(plan.name);
        int end = plan.firstFunction(number + 1);
        for (int funcidx = plan.firstFunction(number); funcidx < end; funcidx++) {
            FunctionWriter.write(plan, funcidx, owner);
            checkConstants(owner, funcidx);
        }
        return owner;
    }

    private void checkConstants(ClassWriter owner, int funcidx) {
        if (owner.constantCount() > ClassWriter.MAX_CONSTANTS) {
            throw new LimitException(
                    plan.describe(funcidx)
                            + " needs more than "
                            + ClassWriter.MAX_CONSTANTS
                            + " constants, the limit of a class");
        }
    }
}
