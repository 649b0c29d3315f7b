package dev.kugg.internal.compile;

import dev.kugg.LimitException;
import dev.kugg.internal.classfile.ClassWriter;
import dev.kugg.internal.compile.CompiledModule.ClassImage;
import dev.kugg.internal.compile.CompiledModule.Method;
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
        return new Compiler(new ModulePlan(name, module)).compile();
    }

    private CompiledModule compile() {
        int funcidx = plan.def.importedFuncs;
        for (int number = 0; number < plan.functionClassCount; number++) {
            ClassWriter owner =
                    new ClassWriter(plan.functionClassName(number), RuntimeNames.OBJECT);
            owner.sourceFile(plan.name);
            while (funcidx < plan.def.funcCount() && plan.classNumber(funcidx) == number) {
                FunctionWriter.write(plan, funcidx, owner);
                checkConstants(owner, funcidx);
                funcidx++;
            }
            add(owner);
        }
        for (ClassWriter owner : plan.dispatch.write()) {
            add(owner);
        }
        add(InstanceClass.write(plan));
        return new CompiledModule(
                images, methods(), plan.slots, plan.sharedGlobals, plan.maxResults());
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
