// A guest that uses up what there is, and ends in every way there is. Descriptor 3 is a folder with "file.txt" in it.
#include "guest.h"

#define DIR 3

__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_exit"))) _Noreturn void proc_exit(u32 code);

static u8 piece[1 << 16];
static u32 last;

// The errno of the last call that failed.
EXPORT("last_errno") u32 last_errno(void) { return last; }

static u32 open(const char *path, u32 oflags, u64 rights, u32 *fd) {
    return path_open(DIR, FOLLOW, AT(path), (u32)strlen(path), oflags, rights, 0, 0, AT(fd));
}

// Opens until it may no longer; returns how often it could.
EXPORT("open_many") u32 open_many(u32 count, u32 folders) {
    u32 fd, i = 0;
    for (; i < count; i++) {
        last = folders ? open(".", DIRECTORY, FOLDER, &fd) : open("file.txt", 0, READ, &fd);
        if (last) break;
    }
    return i;
}

EXPORT("close_from") u32 close_from(u32 fd) {
    u32 closed = 0;
    while (!fd_close(fd + closed)) closed++;
    return closed;
}

EXPORT("renumber") u32 renumber(u32 count) {
    for (u32 i = 0; i < count; i++) {
        u32 a, b;
        if ((last = open("file.txt", 0, READ, &a)) || (last = open(".", DIRECTORY, FOLDER, &b))) return i;
        if ((last = fd_renumber(a, b)) || (last = fd_close(b))) return i;
    }
    return count;
}

// Writes pieces until it may no longer; returns how many bytes were taken.
static u64 fill(u32 fd, u32 pieces) {
    u64 total = 0;
    iovec from = {AT(piece), sizeof piece};
    for (u32 i = 0; i < pieces; i++) {
        u32 done = 0;
        if ((last = fd_write(fd, AT(&from), 1, AT(&done)))) break;
        total += done;
    }
    return total;
}

EXPORT("fill_stdout") u64 fill_stdout(u32 pieces) { return fill(1, pieces); }

EXPORT("fill_file") u64 fill_file(u32 pieces) {
    u32 fd;
    if ((last = open("full", CREAT, WRITE | READ, &fd))) return 0;
    u64 total = fill(fd, pieces);
    fd_close(fd);
    return total;
}

EXPORT("read_stdin") u64 read_stdin(u32 pieces) {
    u64 total = 0;
    iovec to = {AT(piece), sizeof piece};
    for (u32 i = 0; i < pieces; i++) {
        u32 done = 0;
        if ((last = fd_read(0, AT(&to), 1, AT(&done))) || !done) break;
        total += done;
    }
    return total;
}

EXPORT("open_fifo") u32 open_fifo(void) {
    u32 fd;
    return last = open("fifo", 0, READ, &fd);
}

EXPORT("trap") void trap(void) { __builtin_trap(); }
EXPORT("exit") void leave(void) { proc_exit(3); }

EXPORT("spin") void spin(void) {
    for (volatile u32 i = 0;; i++) {
    }
}

EXPORT("spin_on_files") void spin_on_files(void) {
    for (;;) renumber(1000);
}
