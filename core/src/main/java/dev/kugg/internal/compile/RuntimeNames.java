package dev.kugg.internal.compile;

/** The classes and descriptors of the runtime that generated code names. */
final class RuntimeNames {
    static final String OBJECT = "java/lang/Object";
    static final String OBJECT_TYPE = "Ljava/lang/Object;";
    static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
    static final String VAR_HANDLE_TYPE = "Ljava/lang/invoke/VarHandle;";

    static final String TRAP = "dev/kugg/TrapException";

    private static final String RUNTIME = "dev/kugg/internal/runtime/";
    static final String STATE = RUNTIME + "InstanceState";
    static final String STATE_TYPE = "L" + STATE + ";";
    static final String MODULE_CODE_TYPE = "L" + RUNTIME + "ModuleCode;";
    static final String MEMORY = RUNTIME + "MemoryInstance";
    static final String MEMORY_TYPE = "L" + MEMORY + ";";
    static final String TABLE = RUNTIME + "TableInstance";
    static final String TABLE_TYPE = "L" + TABLE + ";";
    static final String GLOBAL = RUNTIME + "GlobalInstance";
    static final String GLOBAL_TYPE = "L" + GLOBAL + ";";
    static final String FUNC = RUNTIME + "FuncInstance";
    static final String FUNC_TYPE = "L" + FUNC + ";";
    static final String ACCESS = RUNTIME + "MemoryAccess";
    static final String NUMERICS = RUNTIME + "Numerics";
    static final String BULK = RUNTIME + "Bulk";
    static final String CALLS = RUNTIME + "Calls";
    static final String PROTOTYPES = RUNTIME + "Prototypes";
    static final String LOOPS = RUNTIME + "Loops";
    static final String ALARM = RUNTIME + "Alarm";
    static final String ALARM_TYPE = "L" + ALARM + ";";

    /**
     * The generated subclass of {@link #STATE}; each module has its own, in a class loader of its
     * own.
     */
    static final String INSTANCE = "kugg/Instance";

    static final String INSTANCE_TYPE = "L" + INSTANCE + ";";

    private RuntimeNames() {}
}
