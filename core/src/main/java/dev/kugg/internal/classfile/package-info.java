/**
 * A small writer of class files: constant pool, fields, methods, jumps and stack map frames, and
 * nothing else. It knows nothing of WebAssembly. The JDK's own class-file library is newer than the
 * oldest Java that Kugg runs on, and starts several times slower.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html">The class file
 *     format</a>
 */
package dev.kugg.internal.classfile;
