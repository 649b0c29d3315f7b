package dev.kugg.internal.validate;

import dev.kugg.types.FuncType;
import dev.kugg.types.NumType;
import dev.kugg.types.ValType;

import org.jspecify.annotations.Nullable;

/** The types of blocks without a type of the module, made once. */
final class BlockTypes {
    static final FuncType NOTHING = FuncType.of();

    private static final FuncType I32 = NOTHING.to(ValType.I32);
    private static final FuncType I64 = NOTHING.to(ValType.I64);
    private static final FuncType F32 = NOTHING.to(ValType.F32);
    private static final FuncType F64 = NOTHING.to(ValType.F64);

    private BlockTypes() {}

    /** {@return the type of a block that gives one value} */
    static FuncType of(@Nullable ValType result) {
        if (result instanceof NumType number) {
            return switch (number) {
                case I32 -> I32;
                case I64 -> I64;
                case F32 -> F32;
                case F64 -> F64;
            };
        }
        if (result == null) {
            throw new AssertionError("a block with a value has its type");
        }
        return NOTHING.to(result);
    }
}
