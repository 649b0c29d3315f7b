package dev.kugg.internal.compile;

import dev.kugg.internal.classfile.ClassWriter;

/**
 * The classes of a module by internal name. Each is written from the plan alone when it is asked
 * for, in any order and by any thread.
 */
final class ClassFiles {
    private final ModulePlan plan;

    ClassFiles(ModulePlan plan) {
        this.plan = plan;
    }

    boolean has(String name) {
        return plan.functionClassNumber(name) >= 0
                || plan.functions.chunk(name) != null
                || name.equals(RuntimeNames.INSTANCE)
                || plan.dispatch.has(name);
    }

    /** {@return the class file of a class that {@link #has} knows} */
    byte[] write(String name) {
        int number = plan.functionClassNumber(name);
        if (number >= 0) {
            return writeFunctions(number).toBytes();
        }
        FunctionPlans.Chunk chunk = plan.functions.chunk(name);
        if (chunk != null) {
            return writeChunk(name, chunk).toBytes();
        }
        ClassWriter owner =
                name.equals(RuntimeNames.INSTANCE)
                        ? InstanceClass.write(plan)
                        : plan.dispatch.write(name);
        return owner.toBytes();
    }

    private ClassWriter newClass(String name) {
        ClassWriter owner = new ClassWriter(name, RuntimeNames.OBJECT);
        owner.sourceFile(plan.name);
        return owner;
    }

    private ClassWriter writeFunctions(int number) {
        ClassWriter owner = newClass(plan.functionClassName(number));
        int end = plan.firstFunction(number + 1);
        for (int funcidx = plan.firstFunction(number); funcidx < end; funcidx++) {
            boolean copy = plan.functions.hasCopy(funcidx);
            if (copy) {
                FunctionWriter.writeChoice(plan, funcidx, owner);
            }
            plan.functions.code(funcidx, copy).write(0, owner);
        }
        return owner;
    }

    private ClassWriter writeChunk(String name, FunctionPlans.Chunk chunk) {
        ClassWriter owner = newClass(name);
        plan.functions.code(chunk.funcidx(), chunk.copy()).write(chunk.number(), owner);
        return owner;
    }
}
