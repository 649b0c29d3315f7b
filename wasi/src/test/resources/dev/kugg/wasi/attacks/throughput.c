// Files in bulk, on descriptor 3: each export is one thing to be timed by the host.
#include "guest.h"

#define DIR 3

static u8 piece[1 << 16] __attribute__((aligned(4096)));

static void must(u32 errno) {
    if (errno) __builtin_trap();
}

static u32 open(const char *path, u32 length, u32 oflags, u64 rights) {
    u32 fd;
    must(path_open(DIR, FOLLOW, AT(path), length, oflags, rights, 0, 0, AT(&fd)));
    return fd;
}

EXPORT("write_pieces") void write_pieces(u32 count) {
    u32 fd = open("big", 3, CREAT | TRUNC, WRITE);
    iovec from = {AT(piece), sizeof piece};
    for (u32 i = 0; i < count; i++) {
        u32 done;
        piece[i % sizeof piece]++;
        must(fd_write(fd, AT(&from), 1, AT(&done)));
        if (done != sizeof piece) __builtin_trap();
    }
    must(fd_close(fd));
}

EXPORT("read_pieces") u32 read_pieces(void) {
    u32 fd = open("big", 3, 0, READ);
    iovec to = {AT(piece), sizeof piece};
    u32 done, count = 0;
    do {
        must(fd_read(fd, AT(&to), 1, AT(&done)));
        count += done;
    } while (done);
    must(fd_close(fd));
    return count;
}

static char name[] = "f000000";

static void number(u32 i) {
    for (int at = 6; at > 0; at--, i /= 10) name[at] = (char)('0' + i % 10);
}

EXPORT("create_files") void create_files(u32 from, u32 to) {
    for (u32 i = from; i < to; i++) {
        number(i);
        must(fd_close(open(name, 7, CREAT, WRITE)));
    }
}

EXPORT("open_files") void open_files(u32 count) {
    for (u32 i = 0; i < count; i++) {
        number(i);
        must(fd_close(open(name, 7, 0, READ)));
    }
}

EXPORT("stat_files") void stat_files(u32 count) {
    u64 stat[8];
    for (u32 i = 0; i < count; i++) {
        number(i);
        must(path_filestat_get(DIR, FOLLOW, AT(name), 7, AT(stat)));
    }
}

// Lists the folder as a C library does, in pieces of 4096 bytes that may cut an entry; it has the entries `.` and `..`,
// and the large file, beside the files that are counted.
EXPORT("list_files") void list_files(u32 files) {
    u32 fd, used, count = 0;
    u64 cookie = 0;
    must(path_open(DIR, FOLLOW, AT("."), 1, DIRECTORY, FOLDER, ALL, 0, AT(&fd)));
    do {
        must(fd_readdir(fd, AT(piece), 4096, cookie, AT(&used)));
        u32 at = 0;
        while (at + 24 <= used) {
            u64 next;
            u32 length;
            memcpy(&next, piece + at, 8);
            memcpy(&length, piece + at + 16, 4);
            if (at + 24 + length > used) break;
            at += 24 + length;
            cookie = next;
            count++;
        }
    } while (used == 4096);
    must(fd_close(fd));
    if (count != files + 3) __builtin_trap();
}

EXPORT("remove_files") void remove_files(u32 count) {
    for (u32 i = 0; i < count; i++) {
        number(i);
        must(path_unlink_file(DIR, AT(name), 7));
    }
}
