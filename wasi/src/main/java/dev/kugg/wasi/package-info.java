/**
 * WASI preview 1 for guests that run in Kugg: {@link dev.kugg.wasi.Wasi} says what a guest is
 * granted.
 *
 * {@snippet class="dev.kugg.wasi.Snippets" region="command"}
 *
 * <p>Nothing is granted that is not named. A guest that was given nothing still finds all functions
 * of {@code wasi_snapshot_preview1}: it has no arguments and no environment, its standard input is
 * at its end, and what it writes is thrown away. Clocks and random numbers are there without being
 * named.
 *
 * <p><b>What is there.</b> Arguments, environment, clocks, random numbers, {@code sched_yield},
 * {@code proc_exit}, standard input and output, and {@code poll_oneoff} on clocks and on these
 * streams. Functions for files and sockets can be imported; they answer {@code notsup} for a
 * descriptor that is open and {@code badf} for one that is not.
 *
 * <p>Written on the public interface of {@code dev.kugg} alone, so a host of your own can do
 * whatever this one does.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md">WASI preview
 *     1</a>
 */
package dev.kugg.wasi;
