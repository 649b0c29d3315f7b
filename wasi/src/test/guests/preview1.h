// Every function of wasi_snapshot_preview1, declared by hand: as the specification's numbers, not as a C library wraps
// them.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long i64;

#define IMPORT(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name))) extern int name

IMPORT(args_get)(void *pointers, void *buffer);
IMPORT(args_sizes_get)(void *count, void *size);
IMPORT(environ_get)(void *pointers, void *buffer);
IMPORT(environ_sizes_get)(void *count, void *size);
IMPORT(clock_res_get)(u32 clock, void *resolution);
IMPORT(clock_time_get)(u32 clock, u64 precision, void *time);
IMPORT(fd_advise)(u32 fd, u64 offset, u64 length, u32 advice);
IMPORT(fd_allocate)(u32 fd, u64 offset, u64 length);
IMPORT(fd_close)(u32 fd);
IMPORT(fd_datasync)(u32 fd);
IMPORT(fd_fdstat_get)(u32 fd, void *stat);
IMPORT(fd_fdstat_set_flags)(u32 fd, u32 flags);
IMPORT(fd_fdstat_set_rights)(u32 fd, u64 base, u64 inheriting);
IMPORT(fd_filestat_get)(u32 fd, void *stat);
IMPORT(fd_filestat_set_size)(u32 fd, u64 size);
IMPORT(fd_filestat_set_times)(u32 fd, u64 access, u64 modify, u32 flags);
IMPORT(fd_pread)(u32 fd, const void *iovs, u32 count, u64 offset, void *size);
IMPORT(fd_prestat_get)(u32 fd, void *prestat);
IMPORT(fd_prestat_dir_name)(u32 fd, void *path, u32 length);
IMPORT(fd_pwrite)(u32 fd, const void *iovs, u32 count, u64 offset, void *size);
IMPORT(fd_read)(u32 fd, const void *iovs, u32 count, void *size);
IMPORT(fd_readdir)(u32 fd, void *buffer, u32 length, u64 cookie, void *size);
IMPORT(fd_renumber)(u32 from, u32 to);
IMPORT(fd_seek)(u32 fd, i64 offset, u32 whence, void *position);
IMPORT(fd_sync)(u32 fd);
IMPORT(fd_tell)(u32 fd, void *position);
IMPORT(fd_write)(u32 fd, const void *iovs, u32 count, void *size);
IMPORT(path_create_directory)(u32 fd, const void *path, u32 length);
IMPORT(path_filestat_get)(u32 fd, u32 lookup, const void *path, u32 length, void *stat);
IMPORT(path_filestat_set_times)(u32 fd, u32 lookup, const void *path, u32 length, u64 access, u64 modify, u32 flags);
IMPORT(path_link)(u32 fd, u32 lookup, const void *path, u32 length, u32 to, const void *to_path, u32 to_length);
IMPORT(path_open)(u32 fd, u32 lookup, const void *path, u32 length, u32 oflags, u64 base, u64 inheriting, u32 fdflags,
                  void *opened);
IMPORT(path_readlink)(u32 fd, const void *path, u32 length, void *buffer, u32 size, void *used);
IMPORT(path_remove_directory)(u32 fd, const void *path, u32 length);
IMPORT(path_rename)(u32 fd, const void *path, u32 length, u32 to, const void *to_path, u32 to_length);
IMPORT(path_symlink)(const void *text, u32 text_length, u32 fd, const void *path, u32 length);
IMPORT(path_unlink_file)(u32 fd, const void *path, u32 length);
IMPORT(poll_oneoff)(const void *subscriptions, void *events, u32 count, void *reported);
IMPORT(proc_raise)(u32 signal);
IMPORT(sched_yield)(void);
IMPORT(random_get)(void *buffer, u32 length);
IMPORT(sock_accept)(u32 fd, u32 flags, void *accepted);
IMPORT(sock_recv)(u32 fd, const void *iovs, u32 count, u32 flags, void *size, void *out_flags);
IMPORT(sock_send)(u32 fd, const void *iovs, u32 count, u32 flags, void *size);
IMPORT(sock_shutdown)(u32 fd, u32 how);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_exit"), noreturn)) extern void proc_exit(u32);

enum { FOLLOW = 1 };
enum { CREAT = 1, DIRECTORY = 2, EXCL = 4, TRUNC = 8 };
enum { APPEND = 1, DSYNC = 2, NONBLOCK = 4, RSYNC = 8, SYNC = 16 };
enum { ATIM = 1, ATIM_NOW = 2, MTIM = 4, MTIM_NOW = 8 };
enum { SET = 0, CUR = 1, END = 2 };
enum { READ = 2, WRITE = 64 };

typedef struct {
  const void *buffer;
  u32 length;
} iovec;
