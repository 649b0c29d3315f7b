// What the hostile guests share: the imports of WASI preview 1, written by hand so that nothing stands between the
// guest and the host, and a log in memory that the host reads. No C library.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;

#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name))) u32 name
#define EXPORT(name) __attribute__((export_name(name)))

typedef struct {
    u32 address, length;
} iovec;

// Pointers are plain numbers here: most attacks pass ones no compiler would.
WASI(args_get)(u32 argv, u32 buffer);
WASI(args_sizes_get)(u32 count, u32 size);
WASI(clock_time_get)(u32 id, u64 precision, u32 time);
WASI(environ_get)(u32 environ, u32 buffer);
WASI(environ_sizes_get)(u32 count, u32 size);
WASI(fd_advise)(u32 fd, u64 offset, u64 length, u32 advice);
WASI(fd_allocate)(u32 fd, u64 offset, u64 length);
WASI(fd_close)(u32 fd);
WASI(fd_datasync)(u32 fd);
WASI(fd_fdstat_get)(u32 fd, u32 stat);
WASI(fd_fdstat_set_flags)(u32 fd, u32 flags);
WASI(fd_fdstat_set_rights)(u32 fd, u64 base, u64 inheriting);
WASI(fd_filestat_get)(u32 fd, u32 stat);
WASI(fd_filestat_set_size)(u32 fd, u64 size);
WASI(fd_filestat_set_times)(u32 fd, u64 access, u64 modify, u32 flags);
WASI(fd_pread)(u32 fd, u32 iovs, u32 count, u64 offset, u32 done);
WASI(fd_prestat_get)(u32 fd, u32 prestat);
WASI(fd_prestat_dir_name)(u32 fd, u32 path, u32 length);
WASI(fd_pwrite)(u32 fd, u32 iovs, u32 count, u64 offset, u32 done);
WASI(fd_read)(u32 fd, u32 iovs, u32 count, u32 done);
WASI(fd_readdir)(u32 fd, u32 buffer, u32 length, u64 cookie, u32 used);
WASI(fd_renumber)(u32 from, u32 to);
WASI(fd_seek)(u32 fd, s64 offset, u32 whence, u32 position);
WASI(fd_sync)(u32 fd);
WASI(fd_tell)(u32 fd, u32 position);
WASI(fd_write)(u32 fd, u32 iovs, u32 count, u32 done);
WASI(path_create_directory)(u32 fd, u32 path, u32 length);
WASI(path_filestat_get)(u32 fd, u32 flags, u32 path, u32 length, u32 stat);
WASI(path_filestat_set_times)(u32 fd, u32 flags, u32 path, u32 length, u64 access, u64 modify, u32 fstflags);
WASI(path_link)(u32 fd, u32 flags, u32 path, u32 length, u32 toFd, u32 toPath, u32 toLength);
WASI(path_open)(u32 fd, u32 dirflags, u32 path, u32 length, u32 oflags, u64 base, u64 inheriting, u32 fdflags, u32 opened);
WASI(path_readlink)(u32 fd, u32 path, u32 length, u32 buffer, u32 bufferLength, u32 used);
WASI(path_remove_directory)(u32 fd, u32 path, u32 length);
WASI(path_rename)(u32 fd, u32 path, u32 length, u32 toFd, u32 toPath, u32 toLength);
WASI(path_symlink)(u32 text, u32 textLength, u32 fd, u32 path, u32 length);
WASI(path_unlink_file)(u32 fd, u32 path, u32 length);
WASI(poll_oneoff)(u32 in, u32 out, u32 count, u32 events);
WASI(random_get)(u32 buffer, u32 length);
WASI(sock_accept)(u32 fd, u32 flags, u32 accepted);
WASI(sock_recv)(u32 fd, u32 iovs, u32 count, u32 flags, u32 done, u32 outFlags);
WASI(sock_send)(u32 fd, u32 iovs, u32 count, u32 flags, u32 done);
WASI(sock_shutdown)(u32 fd, u32 how);

#define AT(thing) ((u32)(unsigned long)(thing))

// oflags
#define CREAT 1
#define DIRECTORY 2
#define EXCL 4
#define TRUNC 8
// fdflags
#define APPEND 1
#define NONBLOCK 4
// dirflags
#define NOFOLLOW 0
#define FOLLOW 1
// fstflags
#define ATIM 1
#define ATIM_NOW 2
#define MTIM 4
#define MTIM_NOW 8

#define RIGHT_FD_READ (1ull << 1)
#define RIGHT_FD_WRITE (1ull << 6)
#define RIGHT_SET_SIZE (1ull << 22)
// What a C library asks for: everything a file opened to be read, or to be written, can do.
#define READ (RIGHT_FD_READ | 1ull << 2 | 1ull << 5 | 1ull << 14 | 1ull << 21 | 1ull << 27)
#define WRITE (RIGHT_FD_WRITE | 1ull << 0 | 1ull << 2 | 1ull << 4 | 1ull << 5 | 1ull << 8 | 1ull << 21 | RIGHT_SET_SIZE | 1ull << 23)
#define ALL 0x1fffffffull
// All that a folder can do; a right to write to it would be refused.
#define FOLDER (ALL & ~RIGHT_FD_WRITE)

u64 strlen(const char *text);
void *memcpy(void *to, const void *from, unsigned long length);
void *memset(void *to, int value, unsigned long length);
int memcmp(const void *a, const void *b, unsigned long length);
