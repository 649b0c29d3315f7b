package dev.kugg.internal.compile;

import dev.kugg.internal.classfile.ClassWriter;

import java.util.ArrayList;
import java.util.List;

/**
 * Classes for methods that may go anywhere: another one begins when the last has many constants.
 */
final class OverflowClasses {
    private static final int FULL_CONSTANTS = 20_000;

    final List<ClassWriter> classes = new ArrayList<>();

    /** {@return a class with room for another method} */
    ClassWriter next() {
        int count = classes.size();
        if (count > 0 && classes.get(count - 1).constantCount() <= FULL_CONSTANTS) {
            return classes.get(count - 1);
        }
        ClassWriter made = new ClassWriter("kugg/Cases" + count, RuntimeNames.OBJECT);
        classes.add(made);
        return made;
    }
}
