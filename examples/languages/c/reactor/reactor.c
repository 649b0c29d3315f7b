// The reactor of the first example, in C: it keeps s between calls.
#include <stdint.h>
#include <stdio.h>

static int32_t s;

// The compiler's own _initialize runs constructors.
__attribute__((constructor)) static void initialize(void) {
    s = 20;
    fprintf(stderr, "s = %d\n", s);
}

__attribute__((export_name("inc"))) int32_t inc(int32_t n) {
    s = (int32_t)((uint32_t)s + (uint32_t)n);
    return s;
}
