package dev.kugg.internal.compile;

import dev.kugg.LimitException;
import dev.kugg.internal.decode.ExportDef;
import dev.kugg.internal.decode.ExternKind;
import dev.kugg.internal.decode.FuncBody;
import dev.kugg.internal.decode.ModuleDef;
import dev.kugg.internal.flow.SplitLimits;
import dev.kugg.internal.validate.ValidModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.GlobalType;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/**
 * Where everything of a module goes: the class and method of each function, the field of each
 * global, the number of each function among those that references lead to. Decided as a whole
 * before any code is written, so that code of any class can name any other's.
 *
 * <p>Stack traces show a function as {@code reactor.wasm!inc} because its class is named {@code
 * reactor} and its method {@code wasm!inc}. Guest names are cut and freed of the characters that
 * class files forbid.
 */
final class ModulePlan {
    /** The most bytes of wasm code that go to one class, unless a single function has more. */
    private static final int CLASS_CODE_BYTES = 2 << 10;

    /**
     * The most functions that go to one class: each takes some constants even if nobody calls it.
     */
    private static final int CLASS_FUNCTIONS = 500;

    private static final int MAX_NAME_CHARS = 200;

    /** The most globals that can be fields of the instance's class. */
    private static final int MAX_GLOBAL_FIELDS = 10_000;

    final ValidModule module;
    final ModuleDef def;

    /** The module's name in traces, cut to a sensible length. */
    final String name;

    /** By canonical typeidx; null for the others. */
    final Signature[] signatures;

    /**
     * By funcidx: its number among the functions of its type that references can lead to, or -1.
     */
    final int[] slots;

    /** By canonical typeidx: the funcidx of each slot. */
    final int[][] funcsBySlot;

    /**
     * By globalidx: whether others can see it and change it, so that it is an object of its own.
     */
    final boolean[] sharedGlobals;

    /** The number of classes that hold functions. */
    final int functionClassCount;

    /** Where calls through references lead. */
    final Dispatch dispatch;

    /** By funcidx - {@code def.importedFuncs}. */
    private final int[] classOf;

    /** By number of a class of functions, and for one more: the funcidx of the first. */
    private final int[] firstFunctions;

    private final String[] methodNames;
    private final String className;

    /** How the code of functions is cut into methods. */
    final FunctionPlans functions;

    ModulePlan(String name, ValidModule module, SplitLimits limits) {
        this.name = name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS);
        this.module = module;
        this.def = module.def;
        int dot = this.name.lastIndexOf('.');
        className = escaped(dot > 0 ? this.name.substring(0, dot) : this.name);
        signatures = signatures();
        slots = new int[def.funcCount()];
        funcsBySlot = new int[def.types.size()][];
        numberSlots();
        sharedGlobals = sharedGlobals();
        dispatch = new Dispatch(this);
        classOf = new int[def.bodies.length];
        functionClassCount = assignClasses();
        firstFunctions = firstFunctions();
        methodNames = new String[def.funcCount()];
        nameMethods(escaped(dot > 0 ? this.name.substring(dot + 1) : "wasm") + "!");
        functions = new FunctionPlans(this, limits);
    }

    // ---- types ----

    private Signature[] signatures() {
        Signature[] made = new Signature[def.types.size()];
        for (int i = 0; i < made.length; i++) {
            if (def.canonicalType[i] == i) {
                made[i] = new Signature(def.types.get(i));
            }
        }
        return made;
    }

    /** {@return the least typeidx equal to that of a function} */
    int type(int funcidx) {
        return def.canonicalType[def.funcTypes[funcidx]];
    }

    Signature signature(int funcidx) {
        return signatures[type(funcidx)];
    }

    /** {@return the greatest number of results of any type, if it is more than one} */
    int maxResults() {
        int most = 0;
        for (FuncType type : def.types) {
            most = Math.max(most, type.results().size());
        }
        return most > 1 ? most : 0;
    }

    private void numberSlots() {
        int[] counts = new int[def.types.size()];
        for (int i = 0; i < slots.length; i++) {
            // The start function is called from outside once, without a reference.
            boolean reached = module.escapingFuncs[i] || i == def.startFunc;
            slots[i] = reached ? counts[type(i)]++ : -1;
        }
        for (int i = 0; i < counts.length; i++) {
            funcsBySlot[i] = new int[counts[i]];
        }
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] >= 0) {
                funcsBySlot[type(i)][slots[i]] = i;
            }
        }
    }

    // ---- globals ----

    private boolean[] sharedGlobals() {
        boolean[] shared = new boolean[def.globals.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = i < def.importedGlobals && def.globals.get(i).type().mutable();
        }
        for (ExportDef export : def.exports) {
            if (export.kind() == ExternKind.GLOBAL
                    && def.globals.get(export.index()).type().mutable()) {
                shared[export.index()] = true;
            }
        }
        if (shared.length > MAX_GLOBAL_FIELDS) {
            throw new LimitException(
                    name + " has " + shared.length + " globals; the limit is " + MAX_GLOBAL_FIELDS);
        }
        return shared;
    }

    static String globalField(int globalidx) {
        return "g" + globalidx;
    }

    /** {@return the descriptor of a global's field} */
    String globalDescriptor(int globalidx) {
        return sharedGlobals[globalidx]
                ? RuntimeNames.GLOBAL_TYPE
                : Signature.descriptor(globalKind(globalidx));
    }

    char globalKind(int globalidx) {
        GlobalType type = def.globals.get(globalidx).type();
        return Signature.kind(type.value());
    }

    // ---- functions ----

    private int assignClasses() {
        int current = 0;
        int bytes = 0;
        int functions = 0;
        for (int i = 0; i < classOf.length; i++) {
            int size = bodyBytes(def.importedFuncs + i);
            if (functions > 0
                    && (bytes + size > CLASS_CODE_BYTES || functions == CLASS_FUNCTIONS)) {
                current++;
                bytes = 0;
                functions = 0;
            }
            classOf[i] = current;
            bytes += size;
            functions++;
        }
        return classOf.length == 0 ? 0 : current + 1;
    }

    private int[] firstFunctions() {
        int[] first = new int[functionClassCount + 1];
        first[functionClassCount] = def.funcCount();
        for (int i = classOf.length - 1; i >= 0; i--) {
            first[classOf[i]] = def.importedFuncs + i;
        }
        return first;
    }

    private void nameMethods(String prefix) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < methodNames.length; i++) {
            String method = prefix + escaped(def.funcName(i));
            // Another name may look like this one with a number already.
            while (FunctionCode.isOfPart(method) || !taken.add(method)) {
                method += "#" + i;
            }
            methodNames[i] = method;
        }
    }

    /** A name without the characters that class files forbid, and not too long. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        int length = Math.min(text.length(), MAX_NAME_CHARS);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            out.append(
                    switch (c) {
                        case '.', ';', '/', '\\' -> '_';
                        case '[' -> '{';
                        case '<' -> '(';
                        case '>' -> ')';
                        default -> c < ' ' ? '_' : c;
                    });
        }
        return out.isEmpty() ? "_" : out.toString();
    }

    /** {@return the name of a function in messages} */
    String functionName(int funcidx) {
        String method = methodNames[funcidx];
        return method.substring(method.indexOf('!') + 1);
    }

    /** {@return a function as limits name it} */
    String describe(int funcidx) {
        return "function " + funcidx + " \"" + functionName(funcidx) + "\"";
    }

    String methodName(int funcidx) {
        return methodNames[funcidx];
    }

    /** {@return the class a function's method is in; for an imported one that of its stub} */
    String functionClass(int funcidx) {
        return funcidx < def.importedFuncs
                ? Dispatch.stubClass(funcidx)
                : functionClassName(classOf[funcidx - def.importedFuncs]);
    }

    /** {@return the name of the n-th class of functions} */
    String functionClassName(int number) {
        return number == 0 ? className : "c" + number + "/" + className;
    }

    /**
     * {@return what stands before the module's own name in the name of a class of functions, empty
     * for the first of them; null for other classes}
     */
    @Nullable String directory(String internalName) {
        int prefix = internalName.length() - className.length() - 1;
        if (prefix < 0) {
            return internalName.equals(className) ? "" : null;
        }
        boolean own = internalName.endsWith(className) && internalName.charAt(prefix) == '/';
        return own ? internalName.substring(0, prefix) : null;
    }

    /** {@return the number of the class of functions with an internal name, or -1} */
    int functionClassNumber(String internalName) {
        String directory = directory(internalName);
        if (directory == null || functionClassCount == 0) {
            return -1;
        }
        if (directory.isEmpty()) {
            return 0;
        }
        int number = directory.charAt(0) == 'c' ? number(directory, 1, directory.length()) : -1;
        return number > 0 && number < functionClassCount ? number : -1;
    }

    /** {@return the name of the class of functions in a directory} */
    String inDirectory(String directory) {
        return directory + "/" + className;
    }

    /** {@return the number that a part of a name is, as the names here are written, or -1} */
    static int number(String name, int start, int end) {
        int length = end - start;
        if (length < 1 || length > 9 || length > 1 && name.charAt(start) == '0') {
            return -1;
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /**
     * {@return the funcidx of the first function in the n-th class of functions; for the number
     * behind the last, the number of functions}
     */
    int firstFunction(int classNumber) {
        return firstFunctions[classNumber];
    }

    /** {@return the size of the code of a function defined here} */
    int bodyBytes(int funcidx) {
        FuncBody body = def.bodies[funcidx - def.importedFuncs];
        return body.end - body.start;
    }
}
