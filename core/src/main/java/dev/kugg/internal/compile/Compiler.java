package dev.kugg.internal.compile;

import dev.kugg.LimitException;
import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.compile.CompiledModule.ClassImage;
import dev.kugg.internal.compile.CompiledModule.Method;
import dev.kugg.internal.flow.SplitLimits;
import dev.kugg.internal.validate.ValidModule;

import java.util.ArrayList;
import java.util.List;

/** Turns a valid module into class files. */
public final class Compiler {
    private final ModulePlan plan;
    private final List<ClassImage> images = new ArrayList<>();

    private Compiler(ModulePlan plan) {
        this.plan = plan;
    }

    /**
     * {@return the module's code}
     *
     * @param name the module's name in stack traces
     * @param module the module
     * @throws LimitException if a function does not fit a method of the JVM
     */
    public static CompiledModule compile(String name, ValidModule module) {
        return compile(name, module, SplitLimits.current());
    }

    static CompiledModule compile(String name, ValidModule module, SplitLimits limits) {
        return new Compiler(new ModulePlan(name, module, limits)).compile();
    }

    private CompiledModule compile() {
        int funcidx = plan.def.importedFuncs;
        for (int number = 0; number < plan.functionClassCount; number++) {
            ClassWriter owner = newClass(plan.functionClassName(number));
            ClassWriter resumes = newClass(plan.resumeClassName(number));
            while (funcidx < plan.def.funcCount() && plan.classNumber(funcidx) == number) {
                FunctionWriter.checkParams(plan.signature(funcidx), plan.describe(funcidx));
                if (plan.hasCopy(funcidx)) {
                    FunctionWriter.writeChoice(plan, funcidx, owner);
                    write(funcidx, true, owner);
                    write(funcidx, false, resumes);
                } else {
                    write(funcidx, false, owner);
                }
                checkConstants(owner, funcidx);
                funcidx++;
            }
            add(owner);
            add(resumes);
        }
        for (ClassWriter owner : plan.dispatch.write()) {
            add(owner);
        }
        add(InstanceClass.write(plan));
        return new CompiledModule(
                images, methods(), plan.slots, plan.sharedGlobals, plan.maxResults());
    }

    private ClassWriter newClass(String name) {
        ClassWriter owner = new ClassWriter(name, RuntimeNames.OBJECT);
        owner.sourceFile(plan.name);
        return owner;
    }

    private void write(int funcidx, boolean copy, ClassWriter owner) {
        FunctionCode code = plan.code(funcidx, copy);
        code.write(0, owner);
        for (int chunk = 1; chunk < code.chunks(); chunk++) {
            ClassWriter more = newClass(code.className(chunk));
            code.write(chunk, more);
            add(more);
        }
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

    private void add(ClassWriter owner) {
        images.add(new ClassImage(owner.name().replace('/', '.'), owner.toBytes()));
    }

    private Method[] methods() {
        Method[] methods = new Method[plan.def.funcCount()];
        for (int i = 0; i < methods.length; i++) {
            methods[i] =
                    new Method(
                            plan.functionClass(i),
                            plan.methodName(i),
                            plan.signature(i).descriptor);
        }
        return methods;
    }
}
