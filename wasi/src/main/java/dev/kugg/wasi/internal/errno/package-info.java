/** What the functions of WASI answer, and the exception that carries it to where it is answered. */
package dev.kugg.wasi.internal.errno;
