/**
 * Turns a valid module into class files: first a plan of all (which function goes to which class
 * and method) and the limits; then, when the loader asks for a class, that class from the plan, one
 * method per function, written in one pass over its instructions.
 *
 * <p>WebAssembly's operand stack becomes the JVM's, its locals the JVM's locals; HotSpot builds the
 * rest. The result is bytes and names, nothing loaded.
 */
package dev.kugg.internal.compile;
