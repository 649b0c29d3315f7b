package dev.kugg.internal.validate;

import dev.kugg.internal.decode.ConstExpr;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Opcode;
import dev.kugg.types.GlobalType;
import dev.kugg.types.ValType;

/**
 * Validates constant expressions, those of the extended-const proposal included. Functions they
 * name count as declared.
 *
 * @see <a
 *     href="https://webassembly.github.io/spec/core/valid/instructions.html#constant-expressions">Constant
 *     expressions</a>
 */
final class ConstExprValidator {
    private final InstructionCursor cursor;
    private final Place place;
    private final IndexChecks indices;
    private final OperandStack operands;

    ConstExprValidator(
            InstructionCursor cursor, Place place, IndexChecks indices, CompileWork work) {
        this.cursor = cursor;
        this.place = place;
        this.indices = indices;
        operands = new OperandStack(place, work);
    }

    /**
     * Checks that the expression is constant and gives one value.
     *
     * @param expected the type of the value
     * @param globalCount how many globals, from the first on, it may read
     */
    void validate(ConstExpr expression, ValType expected, int globalCount) {
        operands.clear();
        cursor.reset(expression.start(), expression.end());
        place.enterCode();
        cursor.next();
        while (cursor.opcode != Opcode.END) {
            validate(cursor.opcode, globalCount);
            cursor.next();
        }
        operands.pop(expected);
        if (operands.height > 0) {
            throw place.invalid(
                    "type mismatch: values remaining on stack at end of the expression: "
                            + operands.height);
        }
        place.leaveCode();
    }

    private void validate(Opcode opcode, int globalCount) {
        switch (opcode) {
            case I32_CONST -> operands.push(ValType.I32);
            case I64_CONST -> operands.push(ValType.I64);
            case F32_CONST -> operands.push(ValType.F32);
            case F64_CONST -> operands.push(ValType.F64);
            case I32_ADD, I32_SUB, I32_MUL -> validateBinary(ValType.I32);
            case I64_ADD, I64_SUB, I64_MUL -> validateBinary(ValType.I64);
            case REF_NULL -> operands.push(cursor.type);
            case REF_FUNC -> {
                indices.declare(cursor.index);
                operands.push(ValType.FUNCREF);
            }
            case GLOBAL_GET -> validateGlobalGet(globalCount);
            default -> {
                if (!opcode.compiled()) {
                    throw place.unsupported();
                }
                throw place.invalid("constant expression required");
            }
        }
    }

    private void validateBinary(ValType type) {
        operands.pop(type);
        operands.pop(type);
        operands.push(type);
    }

    private void validateGlobalGet(int globalCount) {
        int globalidx = cursor.index;
        if (globalidx < 0 || globalidx >= globalCount) {
            throw place.invalid("unknown global " + Integer.toUnsignedString(globalidx));
        }
        GlobalType type = indices.global(globalidx);
        if (type.mutable()) {
            throw place.invalid(
                    "constant expression required: global " + globalidx + " is mutable");
        }
        operands.push(type.value());
    }
}
