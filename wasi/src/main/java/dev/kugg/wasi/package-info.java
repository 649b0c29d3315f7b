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
 * <p><b>What is there.</b> All of it: arguments, environment, clocks, random numbers, standard
 * streams, {@code poll_oneoff}, {@code proc_exit}, files and directories, and sockets that the host
 * has opened.
 *
 * <p><b>Files.</b> A guest finds open the directories it is given, by {@link
 * dev.kugg.wasi.Wasi#dir(java.nio.file.Path, String)} and its sisters, and no path leads it out of
 * them.
 *
 * {@snippet class="dev.kugg.wasi.Snippets" region="directories"}
 *
 * <p>Written on the public interface of {@code dev.kugg} alone, so a host of your own can do
 * whatever this one does.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md">WASI preview
 *     1</a>
 */
package dev.kugg.wasi;
