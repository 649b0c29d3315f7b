package dev.kugg.internal.validate;

import dev.kugg.InvalidException;
import dev.kugg.MalformedException;
import dev.kugg.UnsupportedException;
import dev.kugg.internal.decode.InstructionCursor;
import dev.kugg.internal.decode.ModuleDef;

/**
 * What is being validated, so that every outcome can say where it is. Cheap to move on; text is
 * made only for an outcome.
 */
final class Place {
    private final ModuleDef module;
    private final InstructionCursor cursor;
    private String kind = "module";
    private int index = -1;
    private boolean inCode;

    Place(ModuleDef module, InstructionCursor cursor) {
        this.module = module;
        this.cursor = cursor;
    }

    /**
     * From now on it is about this definition: {@code kind} is such as "function", {@code index}
     * its index.
     */
    void enter(String kind, int index) {
        this.kind = kind;
        this.index = index;
        inCode = false;
    }

    /** From now on it is about the cursor's instructions in that definition. */
    void enterCode() {
        inCode = true;
    }

    void leaveCode() {
        inCode = false;
    }

    InvalidException invalid(String text) {
        return new InvalidException(text + where());
    }

    MalformedException malformed(String text) {
        return new MalformedException(text + where());
    }

    /** The current instruction is one we do not compile. */
    UnsupportedException unsupported() {
        String text = "unsupported: " + cursor.opcode.feature + " (" + cursor.opcode.mnemonic + ")";
        return new UnsupportedException(text + where());
    }

    private String where() {
        StringBuilder text = new StringBuilder(" (").append(kind);
        if (index >= 0) {
            text.append(' ').append(index);
        }
        String name = kind.equals("function") ? module.names.func(index) : null;
        if (name != null) {
            text.append(" \"").append(name).append('"');
        }
        if (inCode) {
            text.append(", ")
                    .append(cursor.opcode.mnemonic)
                    .append(" at byte ")
                    .append(cursor.start);
        }
        return text.append(')').toString();
    }
}
