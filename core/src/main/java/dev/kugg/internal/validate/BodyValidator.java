package dev.kugg.internal.validate;

import dev.kugg.internal.decode.FuncBody;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.opcode.Immediate;
import dev.kugg.internal.opcode.Lowering;
import dev.kugg.internal.opcode.Opcode;
import dev.kugg.types.FuncType;
import dev.kugg.types.GlobalType;
import dev.kugg.types.RefType;
import dev.kugg.types.ValType;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Validates the code of functions by the specification's algorithm: one generic check for the
 * instructions whose row says all about their types, a case for each of the others. One object
 * serves all functions of a module, so that its stacks grow once.
 *
 * @see <a href="https://webassembly.github.io/spec/core/appendix/algorithm.html">Validation
 *     algorithm</a>
 */
final class BodyValidator {
    /**
     * By what {@link Opcode#pop} returns; an address is an i32, as memories of 64 bits are refused.
     */
    private static final ValType[] SIGNATURE_TYPES = {
        ValType.I32, // Never used: codes begin with 1.
        ValType.I32,
        ValType.I64,
        ValType.F32,
        ValType.F64,
        ValType.I32, // A vector; none is compiled.
        ValType.I32,
    };

    private final InstructionCursor cursor;
    private final Place place;
    private final IndexChecks indices;
    private final CompileWork work;
    private final OperandStack operands;
    private final LabelStack labels = new LabelStack();
    private final LocalTypes locals = new LocalTypes();
    private boolean hasLoop;
    private boolean hasCall;
    private int tableBranches;

    BodyValidator(InstructionCursor cursor, Place place, IndexChecks indices, CompileWork work) {
        this.cursor = cursor;
        this.place = place;
        this.indices = indices;
        this.work = work;
        operands = new OperandStack(place, work);
    }

    BodyFacts validate(FuncType type, FuncBody body) {
        operands.clear();
        work.beginBody();
        labels.clear();
        locals.enter(type, body);
        hasLoop = false;
        hasCall = false;
        tableBranches = 0;
        cursor.reset(body.start, body.end);
        place.enterCode();
        // The function's own block takes its parameters from locals.
        labels.push(Opcode.BLOCK, new FuncType(List.of(), type.results()), operands);
        int instructionCount = 0;
        while (labels.depth > 0) {
            if (!cursor.hasNext()) {
                throw place.malformed("unexpected end of section or function: END opcode expected");
            }
            cursor.next();
            instructionCount++;
            validate(cursor.opcode);
        }
        if (cursor.hasNext()) {
            throw place.malformed(
                    "unexpected end: " + (body.end - cursor.position) + " bytes behind it");
        }
        return new BodyFacts(hasLoop, hasCall, tableBranches > 0, instructionCount, work.values());
    }

    private void validate(Opcode opcode) {
        if (!opcode.hasSignature()) {
            validateSpecial(opcode);
            return;
        }
        if (!opcode.compiled()) {
            throw place.unsupported();
        }
        if (opcode.immediate != Immediate.NONE) {
            checkImmediate(opcode);
        }
        for (int i = opcode.popCount() - 1; i >= 0; i--) {
            operands.pop(SIGNATURE_TYPES[opcode.pop(i)]);
        }
        for (int i = 0; i < opcode.pushCount(); i++) {
            operands.push(SIGNATURE_TYPES[opcode.push(i)]);
        }
    }

    /** The immediates of instructions that have a signature. */
    private void checkImmediate(Opcode opcode) {
        switch (opcode.immediate) {
            case MEMARG -> {
                indices.checkMemory(cursor.index);
                checkAccess(Lowering.sizeBytes(opcode.lowering));
            }
            case MEMORY -> indices.checkMemory(cursor.index);
            case MEMORY_MEMORY -> {
                indices.checkMemory(cursor.index);
                indices.checkMemory(cursor.index2);
            }
            case DATA_MEMORY -> {
                indices.checkMemory(cursor.index2);
                indices.checkData(cursor.index);
            }
            case DATA -> indices.checkData(cursor.index);
            case ELEM -> indices.checkElem(cursor.index);
            case TABLE -> indices.checkTable(cursor.index);
            default -> {} // Constants.
        }
    }

    private void checkAccess(int sizeBytes) {
        if (cursor.align > 3 || 1 << cursor.align > sizeBytes) {
            throw place.invalid(
                    "alignment must not be larger than natural: 2^"
                            + (cursor.align + " for " + sizeBytes + " bytes"));
        }
        if (cursor.offset >>> 32 != 0) {
            throw place.invalid("offset out of range: " + Long.toUnsignedString(cursor.offset));
        }
    }

    private void validateSpecial(Opcode opcode) {
        switch (opcode) {
            case LOCAL_GET -> operands.push(local());
            case LOCAL_SET -> operands.pop(local());
            case LOCAL_TEE -> {
                operands.pop(local());
                operands.push(local());
            }
            case GLOBAL_GET -> operands.push(indices.global(cursor.index).value());
            case GLOBAL_SET -> validateGlobalSet();
            case BLOCK, LOOP, IF -> validateBlock(opcode);
            case ELSE -> validateElse();
            case END -> validateEnd();
            case BR -> {
                operands.popAll(labelTypes(cursor.index));
                operands.setUnreachable();
            }
            case BR_IF -> validateBranchIf();
            case BR_TABLE -> validateBranchTable();
            case RETURN -> {
                operands.popAll(labels.outermostType().results());
                operands.setUnreachable();
            }
            case UNREACHABLE -> operands.setUnreachable();
            case CALL -> validateCall(indices.funcType(cursor.index));
            case CALL_INDIRECT -> validateCallIndirect();
            case DROP -> operands.pop();
            case SELECT -> validateSelect();
            case SELECT_T -> validateTypedSelect();
            case REF_NULL -> operands.push(cursor.type);
            case REF_IS_NULL -> validateRefIsNull();
            case REF_FUNC -> {
                indices.checkDeclared(cursor.index);
                operands.push(ValType.FUNCREF);
            }
            case TABLE_GET -> {
                RefType element = indices.tableElement(cursor.index);
                operands.pop(ValType.I32);
                operands.push(element);
            }
            case TABLE_SET -> {
                operands.pop(indices.tableElement(cursor.index));
                operands.pop(ValType.I32);
            }
            case TABLE_GROW -> {
                RefType element = indices.tableElement(cursor.index);
                operands.pop(ValType.I32);
                operands.pop(element);
                operands.push(ValType.I32);
            }
            case TABLE_FILL -> {
                RefType element = indices.tableElement(cursor.index);
                operands.pop(ValType.I32);
                operands.pop(element);
                operands.pop(ValType.I32);
            }
            case TABLE_COPY -> {
                checkElements(
                        indices.tableElement(cursor.index), indices.tableElement(cursor.index2));
                popThreeI32();
            }
            case TABLE_INIT -> {
                RefType element = indices.tableElement(cursor.index2);
                checkElements(element, indices.elemType(cursor.index));
                popThreeI32();
            }
            default -> throw place.unsupported();
        }
    }

    private ValType local() {
        int localidx = cursor.index;
        if (localidx < 0 || localidx >= locals.count) {
            throw place.invalid("unknown local " + Integer.toUnsignedString(localidx));
        }
        return locals.get(localidx);
    }

    private void validateGlobalSet() {
        GlobalType type = indices.global(cursor.index);
        if (!type.mutable()) {
            throw place.invalid("immutable global " + cursor.index);
        }
        operands.pop(type.value());
    }

    private void validateBlock(Opcode opcode) {
        FuncType type = blockType();
        if (opcode == Opcode.IF) {
            operands.pop(ValType.I32);
        } else if (opcode == Opcode.LOOP) {
            hasLoop = true;
        }
        operands.popAll(type.params());
        labels.push(opcode, type, operands);
        operands.pushAll(type.params());
    }

    private FuncType blockType() {
        int blockType = cursor.blockType;
        if (blockType == InstructionCursor.BLOCK_EMPTY) {
            return BlockTypes.NOTHING;
        }
        if (blockType == InstructionCursor.BLOCK_VALUE) {
            return BlockTypes.of(cursor.type);
        }
        return indices.type(blockType);
    }

    private void validateElse() {
        if (labels.innermostKind() != Opcode.IF) {
            throw place.malformed("END opcode expected: an else without an if");
        }
        FuncType type = labels.innermostType();
        endBlock(type);
        labels.push(Opcode.ELSE, type, operands);
        operands.pushAll(type.params());
    }

    private void validateEnd() {
        FuncType type = labels.innermostType();
        boolean ifWithoutElse = labels.innermostKind() == Opcode.IF;
        endBlock(type);
        if (ifWithoutElse && !type.params().equals(type.results())) {
            throw place.invalid(
                    "type mismatch: an if without else gives its parameters and not " + type);
        }
        operands.pushAll(type.results());
    }

    /** Pops the results of the innermost block and the block. */
    private void endBlock(FuncType type) {
        operands.popAll(type.results());
        if (operands.height != operands.base) {
            int rest = operands.height - operands.base;
            throw place.invalid(
                    "type mismatch: values remaining on stack at end of block: "
                            + (rest + " more than " + type.results()));
        }
        labels.pop(operands);
    }

    private List<ValType> labelTypes(int labelidx) {
        if (!labels.isLabel(labelidx)) {
            throw place.invalid("unknown label " + Integer.toUnsignedString(labelidx));
        }
        return labels.labelTypes(labelidx);
    }

    private void validateBranchIf() {
        List<ValType> types = labelTypes(cursor.index);
        operands.pop(ValType.I32);
        operands.popAll(types);
        operands.pushAll(types);
    }

    /** Looks at each label once, however often the table names it. */
    private void validateBranchTable() {
        operands.pop(ValType.I32);
        tableBranches++;
        int arity = labelTypes(cursor.labels[cursor.labelCount]).size();
        for (int i = 0; i <= cursor.labelCount; i++) {
            int labelidx = cursor.labels[i];
            List<ValType> types = labelTypes(labelidx);
            if (!labels.markChecked(labelidx, tableBranches)) {
                continue;
            }
            if (types.size() != arity) {
                throw place.invalid(
                        "type mismatch: label "
                                + labelidx
                                + (" takes " + types.size() + " values, the default " + arity));
            }
            operands.peekAll(types);
        }
        operands.setUnreachable();
    }

    private void validateCall(FuncType type) {
        hasCall = true;
        operands.popAll(type.params());
        operands.pushAll(type.results());
    }

    private void validateCallIndirect() {
        RefType element = indices.tableElement(cursor.index2);
        if (!element.equals(ValType.FUNCREF)) {
            throw place.invalid(
                    "type mismatch: expected a table of funcref, found one of " + element);
        }
        FuncType type = indices.calledType(cursor.index);
        operands.pop(ValType.I32);
        validateCall(type);
    }

    private void validateSelect() {
        operands.pop(ValType.I32);
        ValType second = operands.pop();
        ValType first = operands.pop();
        if (isReference(first) || isReference(second)) {
            throw place.invalid("type mismatch: a select of references must say their type");
        }
        if (first != null && second != null && !first.equals(second)) {
            throw place.invalid("type mismatch: select of " + first + " and " + second);
        }
        operands.push(first == null ? second : first);
    }

    private void validateTypedSelect() {
        ValType type = cursor.type;
        if (type == null) {
            throw new AssertionError("a typed select has a type");
        }
        operands.pop(ValType.I32);
        operands.pop(type);
        operands.pop(type);
        operands.push(type);
    }

    private void validateRefIsNull() {
        ValType type = operands.pop();
        if (type != null && !isReference(type)) {
            throw place.invalid("type mismatch: expected a reference, found " + type);
        }
        operands.push(ValType.I32);
    }

    private static boolean isReference(@Nullable ValType type) {
        return type instanceof RefType;
    }

    private void checkElements(RefType table, RefType source) {
        if (!table.equals(source)) {
            throw place.invalid(
                    "type mismatch: expected elements of " + table + ", found " + source);
        }
    }

    private void popThreeI32() {
        operands.pop(ValType.I32);
        operands.pop(ValType.I32);
        operands.pop(ValType.I32);
    }
}
