/**
 * Streams, pipes and sockets that may have to wait, and the way a guest waits for them: {@link
 * dev.kugg.wasi.internal.stream.Waiter} is one guest's waiting, which everything wakes that the
 * guest waits for; {@link dev.kugg.wasi.internal.stream.Input} and {@link
 * dev.kugg.wasi.internal.stream.Output} are streams whose blocking calls a thread of their own
 * makes.
 */
package dev.kugg.wasi.internal.stream;
