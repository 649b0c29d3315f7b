package dev.kugg.internal.compile;

/**
 * The classes that write class files, initialised while there is stack enough. Class files are
 * written wherever the guest happens to be, at the end of the stack too, and a StackOverflowError
 * inside an initialiser would break its class for the whole JVM.
 */
final class WriterClasses {
    private static final String COMPILE = "dev.kugg.internal.compile.";
    private static final String FLOW = "dev.kugg.internal.flow.";
    private static final String CLASSFILE = "dev.kugg.internal.classfile.";

    /** Also those that the Java compiler makes for a {@code switch} over an enum. */
    static final String[] NAMES = {
        CLASSFILE + "ByteVector",
        CLASSFILE + "ClassWriter",
        CLASSFILE + "CodeWriter",
        CLASSFILE + "ConstantPool$Member",
        CLASSFILE + "ConstantPool",
        CLASSFILE + "Label",
        COMPILE + "ArrayCalls",
        COMPILE + "BodyWriter",
        COMPILE + "CallWriter",
        COMPILE + "ClassFiles",
        COMPILE + "CompiledModule$Method",
        COMPILE + "CompiledModule",
        COMPILE + "Dispatch$FunctionSwitch",
        COMPILE + "Dispatch$TypeSwitch",
        COMPILE + "Dispatch",
        COMPILE + "FieldNames",
        COMPILE + "FunctionCode",
        COMPILE + "FunctionPlans$Chunk",
        COMPILE + "FunctionPlans",
        COMPILE + "FunctionWriter",
        COMPILE + "InstanceClass",
        COMPILE + "InstructionWriter$1",
        COMPILE + "InstructionWriter",
        COMPILE + "LoopWriter",
        COMPILE + "MemoryWriter",
        COMPILE + "ModulePlan",
        COMPILE + "NumericWriter$1",
        COMPILE + "NumericWriter",
        COMPILE + "PartCalls",
        COMPILE + "PartWriter",
        COMPILE + "PlaceSwitch",
        COMPILE + "Signature",
        COMPILE + "SwitchWriter",
        COMPILE + "TableWays",
        COMPILE + "VariableWriter$1",
        COMPILE + "VariableWriter",
        FLOW + "BlockSizes",
        FLOW + "BodyPlan",
        FLOW + "BodyPlanner",
        FLOW + "BodyPlanner$Shape",
        FLOW + "CodeSizes$1",
        FLOW + "CodeSizes",
        FLOW + "CountedLoops$1",
        FLOW + "CountedLoops",
        FLOW + "DispatchCopies",
        FLOW + "EdgeStores",
        FLOW + "EndCopies",
        FLOW + "EntryStubs",
        FLOW + "FlatParts",
        FLOW + "FlowGraph",
        FLOW + "GraphBuilder$1",
        FLOW + "GraphBuilder$Construct",
        FLOW + "GraphBuilder",
        FLOW + "Kinds$1",
        FLOW + "Kinds",
        FLOW + "Liveness",
        FLOW + "LoopForest",
        FLOW + "LoopUnroller",
        FLOW + "LoopPlan",
        FLOW + "LoopPlanner",
        FLOW + "NestedParts$Group",
        FLOW + "NestedParts$Item",
        FLOW + "NestedParts$Node",
        FLOW + "NestedParts$Run",
        FLOW + "NestedParts",
        FLOW + "Operand",
        FLOW + "OperandKinds",
        FLOW + "Part",
        FLOW + "PartInterfaces",
        FLOW + "SharedExits",
        FLOW + "SplitLimits",
        FLOW + "Straightener$1",
        FLOW + "Straightener",
        FLOW + "VariableUses$1",
        FLOW + "TableEntries",
        FLOW + "VariableSet",
        FLOW + "VariableUses",
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
