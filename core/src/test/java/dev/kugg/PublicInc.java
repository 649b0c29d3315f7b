package dev.kugg;

/** An interface on its own, which tests define again in other class loaders. */
public interface PublicInc {
    int i(int a);
}
