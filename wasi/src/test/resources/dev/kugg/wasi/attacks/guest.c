#include "guest.h"

u64 strlen(const char *text) {
    u64 length = 0;
    while (text[length]) length++;
    return length;
}

void *memcpy(void *to, const void *from, unsigned long length) {
    for (unsigned long i = 0; i < length; i++) ((u8 *)to)[i] = ((const u8 *)from)[i];
    return to;
}

void *memset(void *to, int value, unsigned long length) {
    for (unsigned long i = 0; i < length; i++) ((u8 *)to)[i] = (u8)value;
    return to;
}

int memcmp(const void *a, const void *b, unsigned long length) {
    for (unsigned long i = 0; i < length; i++) {
        int difference = ((const u8 *)a)[i] - ((const u8 *)b)[i];
        if (difference) return difference;
    }
    return 0;
}
