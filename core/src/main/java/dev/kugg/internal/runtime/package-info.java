/**
 * What generated code runs on: the state of instances, memories, tables, globals and functions, the
 * checks that bytecode alone cannot express, and the ways a call is stopped. Generated code names
 * these classes and members; they are public for it and exported to nobody else.
 */
package dev.kugg.internal.runtime;
