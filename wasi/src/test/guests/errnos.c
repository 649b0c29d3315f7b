// Does one thing to one target and ends with the errno it got, or 100 where its own preparations failed.
// Arguments: "path" OPERATION PATH, or "fd" OPERATION KIND. Descriptor 3 is the folder that holds all of it.
// Built by wasi/src/test/guests/build.
#include "preview1.h"

static char text[4096];
static char *args[8];

static int same(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return *a == *b;
}

static u32 length(const char *s) {
  u32 n = 0;
  while (s[n]) n++;
  return n;
}

// Where a string is asked for: its address and its length.
#define S(s) s, length(s)

static const char *op;
static const char *path;
static u32 path_length;
#define P path, path_length

static u32 fd;
static u64 result[16];
static char buffer[256];
static iovec iov = {buffer, 4};

static int is(const char *name) { return same(op, name); }

static int opened(u32 lookup, u32 oflags, u64 rights, u32 fdflags) {
  return path_open(3, lookup, P, oflags, rights, rights, fdflags, &fd);
}

static int on_path(void) {
  if (is("open-none")) return opened(FOLLOW, 0, 0, 0);
  if (is("open-read")) return opened(FOLLOW, 0, READ, 0);
  if (is("open-read-nofollow")) return opened(0, 0, READ, 0);
  if (is("open-write")) return opened(FOLLOW, 0, WRITE, 0);
  if (is("open-read-write-nofollow")) return opened(0, 0, READ | WRITE, 0);
  if (is("open-append")) return opened(FOLLOW, 0, WRITE, APPEND);
  if (is("open-nonblock")) return opened(FOLLOW, 0, READ, NONBLOCK);
  if (is("open-directory")) return opened(FOLLOW, DIRECTORY, READ, 0);
  if (is("open-directory-nofollow")) return opened(0, DIRECTORY, READ, 0);
  if (is("open-directory-write")) return opened(FOLLOW, DIRECTORY, READ | WRITE, 0);
  if (is("open-directory-create")) return opened(FOLLOW, DIRECTORY | CREAT, READ, 0);
  if (is("open-create")) return opened(FOLLOW, CREAT, READ | WRITE, 0);
  if (is("open-create-read")) return opened(FOLLOW, CREAT, READ, 0);
  if (is("open-create-nofollow")) return opened(0, CREAT, READ | WRITE, 0);
  if (is("open-create-exclusive")) return opened(FOLLOW, CREAT | EXCL, READ | WRITE, 0);
  if (is("open-truncate")) return opened(FOLLOW, TRUNC, WRITE, 0);
  if (is("open-truncate-read")) return opened(FOLLOW, TRUNC, READ, 0);
  if (is("open-lookup-2")) return opened(2, 0, READ, 0);
  if (is("open-oflags-16")) return opened(FOLLOW, 16, READ, 0);
  if (is("open-fdflags-32")) return opened(FOLLOW, 0, READ, 32);
  if (is("stat")) return path_filestat_get(3, FOLLOW, P, result);
  if (is("stat-nofollow")) return path_filestat_get(3, 0, P, result);
  if (is("times")) return path_filestat_set_times(3, FOLLOW, P, 1000000000, 2000000000, ATIM | MTIM);
  if (is("times-nofollow")) return path_filestat_set_times(3, 0, P, 0, 0, ATIM_NOW | MTIM_NOW);
  if (is("times-none")) return path_filestat_set_times(3, 0, P, 0, 0, 0);
  if (is("times-both")) return path_filestat_set_times(3, 0, P, 0, 0, ATIM | ATIM_NOW);
  if (is("mkdir")) return path_create_directory(3, P);
  if (is("rmdir")) return path_remove_directory(3, P);
  if (is("unlink")) return path_unlink_file(3, P);
  if (is("readlink")) return path_readlink(3, P, buffer, sizeof buffer, result);
  if (is("symlink-at")) return path_symlink(S("file"), 3, P);
  if (is("symlink-to")) return path_symlink(P, 3, S("new"));
  if (is("link-from")) return path_link(3, 0, P, 3, S("new"));
  if (is("link-from-follow")) return path_link(3, FOLLOW, P, 3, S("new"));
  if (is("link-to")) return path_link(3, 0, S("file2"), 3, P);
  if (is("rename-from")) return path_rename(3, P, 3, S("new"));
  if (is("rename-from-slash")) return path_rename(3, P, 3, S("new/"));
  if (is("rename-file-to")) return path_rename(3, S("file2"), 3, P);
  if (is("rename-dir-to")) return path_rename(3, S("dir2"), 3, P);
  return 100;
}

static int prepared(const char *name, u32 oflags, u64 rights, u32 fdflags) {
  return path_open(3, 0, S(name), oflags, rights, rights, fdflags, &fd);
}

// Opens what is asked for as descriptor fd.
static int prepare(const char *kind) {
  if (same(kind, "stdin")) return fd = 0, 0;
  if (same(kind, "stdout")) return fd = 1, 0;
  if (same(kind, "preopen")) return fd = 3, 0;
  if (same(kind, "closed")) return fd = 77, 0;
  if (same(kind, "negative")) return fd = -1, 0;
  if (same(kind, "read")) return prepared("file", 0, READ, 0);
  if (same(kind, "none")) return prepared("file", 0, 0, 0);
  if (same(kind, "write")) return prepared("file", 0, WRITE, 0);
  if (same(kind, "read-write")) return prepared("file", 0, READ | WRITE, 0);
  if (same(kind, "append")) return prepared("file", 0, READ | WRITE, APPEND);
  if (same(kind, "nonblock")) return prepared("file", 0, READ | WRITE, NONBLOCK);
  if (same(kind, "dir")) return prepared("dir", DIRECTORY, READ, 0);
  if (same(kind, "unlinked")) return prepared("file", 0, READ | WRITE, 0) || path_unlink_file(3, S("file"));
  if (same(kind, "removed-dir")) return prepared("dir2", DIRECTORY, READ, 0) || path_remove_directory(3, S("dir2"));
  return 100;
}

static u64 out_of_memory = 0xfffffff0;
#define OUTSIDE ((void *)(u32)out_of_memory)

static int on_fd(void) {
  if (prepare(path)) return 100;
  if (is("read")) return fd_read(fd, &iov, 1, result);
  if (is("read-outside")) return fd_read(fd, &(iovec){OUTSIDE, 64}, 1, result);
  if (is("read-nothing")) return fd_read(fd, &iov, 0, result);
  if (is("write")) return fd_write(fd, &iov, 1, result);
  if (is("write-nothing")) return fd_write(fd, &iov, 0, result);
  if (is("pread")) return fd_pread(fd, &iov, 1, 2, result);
  if (is("pread-negative")) return fd_pread(fd, &iov, 1, -1, result);
  if (is("pwrite")) return fd_pwrite(fd, &iov, 1, 2, result);
  if (is("pwrite-negative")) return fd_pwrite(fd, &iov, 1, -1, result);
  if (is("seek-set")) return fd_seek(fd, 3, SET, result);
  if (is("seek-current")) return fd_seek(fd, 0, CUR, result);
  if (is("seek-end")) return fd_seek(fd, 0, END, result);
  if (is("seek-negative")) return fd_seek(fd, -1, SET, result);
  if (is("seek-far")) return fd_seek(fd, 0x7fffffffffffffff, END, result);
  if (is("seek-whence-3")) return fd_seek(fd, 0, 3, result);
  if (is("tell")) return fd_tell(fd, result);
  if (is("advise")) return fd_advise(fd, 0, 4, 4);
  if (is("advise-6")) return fd_advise(fd, 0, 4, 6);
  if (is("advise-negative")) return fd_advise(fd, 0, -1, 0);
  if (is("allocate")) return fd_allocate(fd, 0, 100);
  if (is("allocate-nothing")) return fd_allocate(fd, 0, 0);
  if (is("datasync")) return fd_datasync(fd);
  if (is("sync")) return fd_sync(fd);
  if (is("fdstat")) return fd_fdstat_get(fd, result);
  if (is("set-flags-append")) return fd_fdstat_set_flags(fd, APPEND);
  if (is("set-flags-nonblock")) return fd_fdstat_set_flags(fd, NONBLOCK);
  if (is("set-flags-sync")) return fd_fdstat_set_flags(fd, SYNC);
  if (is("set-flags-32")) return fd_fdstat_set_flags(fd, 32);
  if (is("set-rights-none")) return fd_fdstat_set_rights(fd, 0, 0);
  if (is("set-rights-all")) return fd_fdstat_set_rights(fd, -1, -1);
  if (is("filestat")) return fd_filestat_get(fd, result);
  if (is("filestat-outside")) return fd_filestat_get(fd, OUTSIDE);
  if (is("set-size")) return fd_filestat_set_size(fd, 100);
  if (is("set-size-negative")) return fd_filestat_set_size(fd, -1);
  if (is("set-times")) return fd_filestat_set_times(fd, 1000000000, 2000000000, ATIM | MTIM);
  if (is("set-times-both")) return fd_filestat_set_times(fd, 0, 0, MTIM | MTIM_NOW);
  if (is("set-times-16")) return fd_filestat_set_times(fd, 0, 0, 16);
  if (is("prestat")) return fd_prestat_get(fd, result);
  if (is("prestat-name")) return fd_prestat_dir_name(fd, buffer, sizeof buffer);
  if (is("prestat-name-short")) return fd_prestat_dir_name(fd, buffer, 0);
  if (is("readdir")) return fd_readdir(fd, buffer, sizeof buffer, 0, result);
  if (is("readdir-late")) return fd_readdir(fd, buffer, sizeof buffer, 1000, result);
  if (is("readdir-empty")) return fd_readdir(fd, buffer, 0, 0, result);
  if (is("renumber-self")) return fd_renumber(fd, fd);
  if (is("renumber-to-stderr")) return fd_renumber(fd, 2);
  if (is("renumber-to-closed")) return fd_renumber(fd, 99);
  if (is("renumber-stderr-to")) return fd_renumber(2, fd);
  if (is("close")) return fd_close(fd);
  if (is("close-twice")) return fd_close(fd) ? 100 : fd_close(fd);
  if (is("open-below")) return path_open(fd, 0, S("x"), CREAT, READ | WRITE, 0, 0, result);
  if (is("stat-below")) return path_filestat_get(fd, 0, S("."), result);
  if (is("mkdir-below")) return path_create_directory(fd, S("x"));
  if (is("accept")) return sock_accept(fd, 0, result);
  if (is("recv")) return sock_recv(fd, &iov, 1, 0, result, buffer);
  if (is("send")) return sock_send(fd, &iov, 1, 0, result);
  if (is("shutdown")) return sock_shutdown(fd, 1);
  return 100;
}

void _start(void) {
  u32 count, size;
  if (args_sizes_get(&count, &size) || count != 4 || size > sizeof text || args_get(args, text)) proc_exit(100);
  op = args[2];
  path = args[3];
  path_length = length(path);
  // What an argument cannot say.
  if (same(path, "NUL")) path = "file\0x", path_length = 6;
  if (same(path, "NO-UTF-8")) path = "fi\xffle", path_length = 5;
  if (same(path, "EMPTY")) path = "", path_length = 0;
  proc_exit(same(args[1], "path") ? on_path() : on_fd());
}
