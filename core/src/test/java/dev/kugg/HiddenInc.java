package dev.kugg;

/** As {@link PublicInc}, and not public. */
interface HiddenInc {
    int i(int a);
}
