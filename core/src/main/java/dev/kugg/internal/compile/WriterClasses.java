package dev.kugg.internal.compile;

/**
 * The classes that write class files, initialised while there is stack enough. Class files are
 * written wherever the guest happens to be, at the end of the stack too, and a StackOverflowError
 * inside an initialiser would break its class for the whole JVM.
 */
final class WriterClasses {
    private static final String COMPILE = "dev.kugg.internal.compile.";
    private static final String CLASSFILE = "dev.kugg.internal.classfile.";

    /** Also those that the Java compiler makes for a {@code switch} over an enum. */
    static final String[] NAMES = {
        CLASSFILE + "ByteVector",
        CLASSFILE + "ClassWriter",
        CLASSFILE + "CodeWriter",
        CLASSFILE + "ConstantPool",
        CLASSFILE + "ConstantPool$Member",
        CLASSFILE + "Label",
        COMPILE + "ArrayCalls",
        COMPILE + "BodyWriter",
        COMPILE + "CallWriter",
        COMPILE + "ClassFiles",
        COMPILE + "CompiledModule",
        COMPILE + "CompiledModule$Method",
        COMPILE + "ControlWriter",
        COMPILE + "ControlWriter$1",
        COMPILE + "ControlWriter$Construct",
        COMPILE + "Dispatch",
        COMPILE + "Dispatch$FunctionSwitch",
        COMPILE + "Dispatch$TypeSwitch",
        COMPILE + "FunctionWriter",
        COMPILE + "FunctionWriter$1",
        COMPILE + "InstanceClass",
        COMPILE + "LoopPlan",
        COMPILE + "LoopPlanner",
        COMPILE + "LoopPlanner$1",
        COMPILE + "MemoryWriter",
        COMPILE + "ModulePlan",
        COMPILE + "NumericWriter",
        COMPILE + "NumericWriter$1",
        COMPILE + "Signature",
        COMPILE + "Signature$1",
        COMPILE + "SwitchWriter",
        COMPILE + "VariableWriter",
        COMPILE + "VariableWriter$1",
    };

    private static volatile boolean done;

    private WriterClasses() {}

    static void initialise() {
        if (done) {
            return;
        }
        ClassLoader loader = WriterClasses.class.getClassLoader();
        for (String name : NAMES) {
            try {
                Class.forName(name, true, loader);
            } catch (ClassNotFoundException e) {
                throw new LinkageError("a class of Kugg is missing", e);
            }
        }
        done = true;
    }
}
