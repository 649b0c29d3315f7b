package dev.kugg.internal.classfile;

/**
 * Writes one class file: first its fields and methods in any order, then {@link #toBytes}.
 *
 * @see <a
 *     href="https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html#jvms-4.1">ClassFile</a>
 */
public final class ClassWriter {
    public static final int PUBLIC = 0x0001;
    public static final int PRIVATE = 0x0002;
    public static final int STATIC = 0x0008;
    public static final int FINAL = 0x0010;
    private static final int SUPER = 0x0020;
    private static final int SYNTHETIC = 0x1000;

    /** Java 21, the oldest that has to load what is written. */
    private static final int MAJOR_VERSION = 65;

    /** The most entries a constant pool has room for. */
    public static final int MAX_CONSTANTS = 65_535;

    final ConstantPool pool = new ConstantPool();
    private final ByteVector fields = new ByteVector(64);
    private final ByteVector methods = new ByteVector(4096);
    private final String name;
    private final int thisClass;
    private final int superClass;
    private final int[] interfaces;
    private int sourceFile;
    private int fieldCount;
    private int methodCount;

    /**
     * Begins a public final class.
     *
     * @param name its internal name, with slashes
     * @param superName its superclass's internal name
     * @param interfaceNames the internal names of the interfaces it implements
     */
    public ClassWriter(String name, String superName, String... interfaceNames) {
        this.name = name;
        thisClass = pool.classRef(name);
        superClass = pool.classRef(superName);
        interfaces = new int[interfaceNames.length];
        for (int i = 0; i < interfaceNames.length; i++) {
            interfaces[i] = pool.classRef(interfaceNames[i]);
        }
    }

    public String name() {
        return name;
    }

    /** Names the file that stack traces show for this class. */
    public void sourceFile(String file) {
        sourceFile = pool.utf8(file);
    }

    public void field(int flags, String fieldName, String descriptor) {
        fields.u2(flags);
        fields.u2(pool.utf8(fieldName));
        fields.u2(pool.utf8(descriptor));
        fields.u2(0);
        fieldCount++;
    }

    /**
     * Begins a method; {@link CodeWriter#end} ends it. Only one method of a class may be open at a
     * time.
     */
    public CodeWriter method(int flags, String methodName, String descriptor) {
        return new CodeWriter(this, flags, methodName, descriptor);
    }

    void add(ByteVector method) {
        methods.append(method);
        methodCount++;
    }

    /** {@return the number of constants so far} */
    public int constantCount() {
        return pool.count;
    }

    /** {@return the bytes of the class file} */
    public byte[] toBytes() {
        ByteVector out = new ByteVector(pool.bytes.size + fields.size + methods.size + 64);
        int sourceFileName = sourceFile == 0 ? 0 : pool.utf8("SourceFile");
        if (pool.count > MAX_CONSTANTS) {
            throw new IllegalStateException("class " + name + " has " + pool.count + " constants");
        }
        out.u4(0xcafebabe);
        out.u4(MAJOR_VERSION);
        out.u2(pool.count);
        out.append(pool.bytes);
        out.u2(PUBLIC | FINAL | SUPER | SYNTHETIC);
        out.u2(thisClass);
        out.u2(superClass);
        out.u2(interfaces.length);
        for (int index : interfaces) {
            out.u2(index);
        }
        out.u2(fieldCount);
        out.append(fields);
        out.u2(methodCount);
        out.append(methods);
        out.u2(sourceFile == 0 ? 0 : 1);
        if (sourceFile != 0) {
            out.u2(sourceFileName);
            out.u4(2);
            out.u2(sourceFile);
        }
        return out.toArray();
    }
}
