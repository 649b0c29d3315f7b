// Attacks on the folders of fixture.txt. Each is a function without loops over what the host answers, so that the log
// has the same lines everywhere. `deny` is for calls that must fail, `allow` for those that must not, `note` for those
// whose errno is of interest only.
#include "log.h"

// ---- One call, one line of the log ----

static void begin(const char *call, u32 fd, const char *path) {
    put(call);
    put(" ");
    put_fd(fd);
    put(":");
    put_path(path, (u32)strlen(path));
}

// Takes everything there is behind a descriptor: somewhere in it may be what is secret.
static void hoard(u32 fd) {
    iovec to = {AT(loot), 4096};
    u32 done;
    fd_pread(fd, AT(&to), 1, 0, AT(&done));
    fd_readdir(fd, AT(loot + 4096), 4096, 0, AT(&done));
}

static u32 open_n(u32 fd, u32 dirflags, const char *path, u32 length, u32 oflags, u64 rights, u32 fdflags) {
    static const char *const FLAGS[] = {"creat", "directory", "excl", "trunc"};
    put("open ");
    put_fd(fd);
    put(":");
    put_path(path, length);
    for (int i = 0; i < 4; i++) {
        if (oflags >> i & 1) {
            put(" ");
            put(FLAGS[i]);
        }
    }
    if (dirflags == NOFOLLOW) put(" nofollow");
    if (rights & RIGHT_FD_WRITE) put(" write");
    u32 errno = path_open(fd, dirflags, AT(path), length, oflags, rights, rights, fdflags, AT(&got));
    if (errno) {
        got = NONE;
    } else {
        hoard(got);
    }
    return errno;
}

static u32 open(u32 fd, const char *path) { return open_n(fd, FOLLOW, path, (u32)strlen(path), 0, READ, 0); }

static u32 open_nofollow(u32 fd, const char *path) {
    return open_n(fd, NOFOLLOW, path, (u32)strlen(path), 0, READ, 0);
}

static u32 open_dir(u32 fd, const char *path) {
    return open_n(fd, FOLLOW, path, (u32)strlen(path), DIRECTORY, FOLDER, 0);
}

static u32 open_write(u32 fd, const char *path, u32 oflags) {
    return open_n(fd, FOLLOW, path, (u32)strlen(path), oflags, READ | WRITE, 0);
}

static u32 two(const char *call, u32 fd, const char *path, u32 to_fd, const char *to_path) {
    begin(call, fd, path);
    put(" ");
    put_fd(to_fd);
    put(":");
    put_path(to_path, (u32)strlen(to_path));
    return 0;
}

static u32 mkdir(u32 fd, const char *path) {
    begin("mkdir", fd, path);
    return path_create_directory(fd, AT(path), (u32)strlen(path));
}

static u32 rmdir(u32 fd, const char *path) {
    begin("rmdir", fd, path);
    return path_remove_directory(fd, AT(path), (u32)strlen(path));
}

static u32 unlink(u32 fd, const char *path) {
    begin("unlink", fd, path);
    return path_unlink_file(fd, AT(path), (u32)strlen(path));
}

static u32 rename(u32 fd, const char *path, u32 to_fd, const char *to_path) {
    two("rename", fd, path, to_fd, to_path);
    return path_rename(fd, AT(path), (u32)strlen(path), to_fd, AT(to_path), (u32)strlen(to_path));
}

static u32 hardlink(u32 fd, u32 flags, const char *path, u32 to_fd, const char *to_path) {
    two(flags == FOLLOW ? "link-follow" : "link", fd, path, to_fd, to_path);
    return path_link(fd, flags, AT(path), (u32)strlen(path), to_fd, AT(to_path), (u32)strlen(to_path));
}

static u32 symlink(const char *text, u32 fd, const char *path) {
    begin("symlink", fd, path);
    put(" -> ");
    put_path(text, (u32)strlen(text));
    return path_symlink(AT(text), (u32)strlen(text), fd, AT(path), (u32)strlen(path));
}

static u32 readlink(u32 fd, const char *path) {
    begin("readlink", fd, path);
    u32 used;
    return path_readlink(fd, AT(path), (u32)strlen(path), AT(loot), 4096, AT(&used));
}

static u64 stat[8];

static u32 filestat(u32 fd, u32 flags, const char *path) {
    begin(flags == FOLLOW ? "stat" : "lstat", fd, path);
    return path_filestat_get(fd, flags, AT(path), (u32)strlen(path), AT(stat));
}

static u32 set_times(u32 fd, u32 flags, const char *path) {
    begin(flags == FOLLOW ? "utimes" : "lutimes", fd, path);
    return path_filestat_set_times(fd, flags, AT(path), (u32)strlen(path), 1000000000, 2000000000, ATIM | MTIM);
}

static u32 one(const char *call, u32 fd) {
    put(call);
    put(" ");
    put_fd(fd);
    return 0;
}

static u32 close(u32 fd) { return one("close", fd), fd_close(fd); }
static u32 set_size(u32 fd, u64 size) { return one("set_size", fd), fd_filestat_set_size(fd, size); }
static u32 allocate(u32 fd, u64 at, u64 size) { return one("allocate", fd), fd_allocate(fd, at, size); }
static u32 fd_times(u32 fd) { return one("fd_times", fd), fd_filestat_set_times(fd, 1, 1, ATIM | MTIM); }
static u32 fd_times_now(u32 fd) { return one("fd_times_now", fd), fd_filestat_set_times(fd, 0, 0, ATIM_NOW | MTIM_NOW); }
static u32 fd_stat(u32 fd) { return one("fd_stat", fd), fd_filestat_get(fd, AT(stat)); }
static u32 set_rights(u32 fd, u64 rights) { return one("set_rights", fd), fd_fdstat_set_rights(fd, rights, rights); }
static u32 set_flags(u32 fd, u32 flags) { return one("set_flags", fd), fd_fdstat_set_flags(fd, flags); }
static u32 prestat(u32 fd) { return one("prestat", fd), fd_prestat_get(fd, AT(loot)); }

static u32 write(u32 fd, const char *bytes) {
    one("write", fd);
    iovec from = {AT(bytes), (u32)strlen(bytes)};
    u32 done;
    return fd_write(fd, AT(&from), 1, AT(&done));
}

static u32 pwrite(u32 fd, const char *bytes) {
    one("pwrite", fd);
    iovec from = {AT(bytes), (u32)strlen(bytes)};
    u32 done;
    return fd_pwrite(fd, AT(&from), 1, 0, AT(&done));
}

static u32 read(u32 fd) {
    one("read", fd);
    iovec to = {AT(loot), 4096};
    u32 done;
    return fd_read(fd, AT(&to), 1, AT(&done));
}

static u32 readdir(u32 fd, u64 cookie, u32 size) {
    one("readdir", fd);
    put(" size ");
    put_number(size);
    put(" cookie ");
    put_number(cookie);
    u32 used;
    return fd_readdir(fd, AT(loot), size, cookie, AT(&used));
}

static u32 renumber(u32 from, u32 to) {
    one("renumber", from);
    put(" ");
    put_fd(to);
    return fd_renumber(from, to);
}

// The folder `path` under `fd`, open with all rights; the log has a line for it.
static u32 folder(u32 fd, const char *path) {
    allow(open_dir(fd, path));
    return got;
}

static u32 file(u32 fd, const char *path, u32 oflags) {
    allow(open_write(fd, path, oflags));
    return got;
}

// Every call that takes a path, with one that leads outside to something that is there: `dir` names a folder outside
// that holds what `outside` in fixture.txt holds.
static void every_call(u32 fd, const char *dir) {
    static char path[8][1500];
    static const char *const NAMES[] = {"/secret.txt", "/empty", "/planted", "/link", "/dir/deep.txt"};
    for (int i = 0; i < 5; i++) {
        memcpy(path[i], dir, strlen(dir));
        memcpy(path[i] + strlen(dir), NAMES[i], strlen(NAMES[i]) + 1);
    }
    char *secret = path[0], *empty = path[1], *planted = path[2], *link = path[3], *deep = path[4];
    deny(open(fd, secret));
    deny(open_nofollow(fd, secret));
    deny(open(fd, deep));
    deny(open_dir(fd, empty));
    deny(open_dir(fd, dir));
    deny(open_write(fd, secret, 0));
    deny(open_write(fd, secret, TRUNC));
    deny(open_write(fd, planted, CREAT));
    deny(open_write(fd, planted, CREAT | EXCL));
    deny(open_write(fd, secret, CREAT | TRUNC));
    deny(mkdir(fd, planted));
    deny(rmdir(fd, empty));
    deny(unlink(fd, secret));
    deny(readlink(fd, link));
    deny(symlink("file.txt", fd, planted));
    deny(filestat(fd, FOLLOW, secret));
    deny(filestat(fd, NOFOLLOW, secret));
    deny(filestat(fd, NOFOLLOW, link));
    deny(set_times(fd, FOLLOW, secret));
    deny(set_times(fd, NOFOLLOW, secret));
    deny(set_times(fd, NOFOLLOW, link));
    deny(hardlink(fd, NOFOLLOW, secret, JAIL, "stolen"));
    deny(hardlink(fd, NOFOLLOW, "file.txt", fd, planted));
    deny(hardlink(fd, NOFOLLOW, link, JAIL, "stolen"));
    deny(rename(fd, secret, JAIL, "stolen"));
    deny(rename(fd, empty, JAIL, "stolen"));
    deny(rename(JAIL, "file.txt", fd, planted));
    deny(rename(JAIL, "empty", fd, empty));
    deny(rename(JAIL, "file.txt", fd, secret));
}

// ---- Two dots ----

static void dots_open(void) {
    deny(open(JAIL, "../outside/secret.txt"));
    deny(open(JAIL, "./../outside/secret.txt"));
    deny(open(JAIL, ".//..//outside//secret.txt"));
    deny(open(JAIL, "sub/../../outside/secret.txt"));
    deny(open(JAIL, "sub/./.././../outside/secret.txt"));
    deny(open(JAIL, "sub/deep/../../../outside/secret.txt"));
    deny(open(JAIL, "sub/deep/../../sub/../../outside/secret.txt"));
    deny(open(JAIL, "../../../../../../../../../../../../../../etc/passwd"));
    allow(open(JAIL, "sub/../file.txt"));
    allow(open(JAIL, "sub/deep/../inner.txt"));
    allow(open(JAIL, "sub/deep/../.././a/../file.txt"));
}

static void dots_alone(void) {
    deny(open_dir(JAIL, ".."));
    deny(open_dir(JAIL, "../"));
    deny(open_dir(JAIL, "..//"));
    deny(open_dir(JAIL, "../."));
    deny(open_dir(JAIL, "./.."));
    deny(open_dir(JAIL, "sub/../.."));
    deny(open_dir(JAIL, "sub/../../"));
    deny(open_dir(JAIL, "../.."));
    deny(open(JAIL, ".."));
    deny(filestat(JAIL, FOLLOW, ".."));
    deny(filestat(JAIL, NOFOLLOW, "sub/../.."));
    deny(set_times(JAIL, FOLLOW, ".."));
    deny(rmdir(JAIL, ".."));
    deny(unlink(JAIL, ".."));
    deny(mkdir(JAIL, ".."));
    deny(rename(JAIL, "..", JAIL, "x"));
    deny(rename(JAIL, "sub", JAIL, ".."));
    deny(rename(JAIL, "sub/..", JAIL, "x"));
    deny(readlink(JAIL, ".."));
    deny(symlink("x", JAIL, ".."));
    deny(hardlink(JAIL, NOFOLLOW, "..", JAIL, "x"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, ".."));
    allow(filestat(JAIL, FOLLOW, "sub/.."));
    allow(open_dir(JAIL, "sub/.."));
}

static void dots_out_and_back(void) {
    deny(open(JAIL, "../jail/file.txt"));
    deny(open_dir(JAIL, "../jail"));
    deny(open_dir(JAIL, "../jail/"));
    deny(filestat(JAIL, FOLLOW, "../jail/sub"));
    deny(mkdir(JAIL, "../jail/new"));
    deny(open(SUB, "../file.txt"));
    deny(open(SUB, "../sub/inner.txt"));
    deny(open(CHILD, "../file.txt"));
}

static void dots_behind_a_file(void) {
    deny(open(JAIL, "file.txt/.."));
    deny(open(JAIL, "file.txt/../file.txt"));
    deny(open(JAIL, "file.txt/../../outside/secret.txt"));
    deny(open(JAIL, "missing/../file.txt"));
    deny(open(JAIL, "missing/../../outside/secret.txt"));
    deny(filestat(JAIL, FOLLOW, "fifo/.."));
    deny(filestat(JAIL, FOLLOW, "file.txt/."));
    deny(filestat(JAIL, FOLLOW, "file.txt/"));
}

static void dots_every_call(void) { every_call(JAIL, "../outside"); }
static void dots_every_call_deep(void) { every_call(JAIL, "sub/deep/../../../outside"); }

static void dots_from_an_opened_folder(void) {
    u32 sub = folder(JAIL, "sub");
    deny(open(sub, "../../outside/secret.txt"));
    deny(open(sub, "../file.txt"));
    deny(open_dir(sub, ".."));
    deny(filestat(sub, FOLLOW, ".."));
    deny(open(sub, "deep/../../file.txt"));
    allow(open(sub, "deep/../inner.txt"));
    u32 here = folder(sub, ".");
    deny(open_dir(here, ".."));
    u32 deep = folder(here, "deep");
    deny(open_dir(deep, ".."));
    deny(open_dir(deep, "../deep"));
}

static void dots_create(void) {
    deny(open_write(JAIL, "../planted.txt", CREAT));
    deny(open_write(JAIL, "sub/../../planted.txt", CREAT | EXCL));
    deny(mkdir(JAIL, "../planted"));
    deny(mkdir(JAIL, "../planted/"));
    deny(symlink("x", JAIL, "../planted"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, "../planted"));
    deny(rename(JAIL, "file.txt", JAIL, "../planted"));
    deny(rename(JAIL, "sub", JAIL, "../planted/"));
}

static void dots_that_are_names(void) {
    note(mkdir(JAIL, "..."));
    note(mkdir(JAIL, ".. "));
    note(mkdir(JAIL, " .."));
    note(mkdir(JAIL, "..\n"));
    note(mkdir(JAIL, "..\t"));
    note(mkdir(JAIL, "..;"));
    note(mkdir(JAIL, "....//"));
    deny(open(JAIL, ".../outside/secret.txt"));
    deny(open(JAIL, ".. /outside/secret.txt"));
    deny(open(JAIL, "..\n/outside/secret.txt"));
    deny(open(JAIL, "....//outside/secret.txt"));
}

// ---- Absolute paths ----

static void absolute_open(void) {
    deny(open(JAIL, "/"));
    deny(open(JAIL, "//"));
    deny(open(JAIL, "/."));
    deny(open(JAIL, "/.."));
    deny(open(JAIL, "/etc/passwd"));
    deny(open(JAIL, "//etc/passwd"));
    deny(open(JAIL, "/file.txt"));
    deny(open(JAIL, "/jail/file.txt"));
    deny(open(JAIL, in_top("/outside/secret.txt")));
    deny(open(JAIL, in_top("/jail/file.txt")));
    deny(open_dir(JAIL, in_top("/jail")));
    deny(open_dir(JAIL, "/proc/self/cwd"));
    deny(open(JAIL, "/dev/stdin"));
}

static void absolute_every_call(void) { every_call(JAIL, in_top("/outside")); }

static void absolute_inside_every_call(void) {
    deny(mkdir(JAIL, in_top("/jail/new")));
    deny(rmdir(JAIL, in_top("/jail/empty")));
    deny(unlink(JAIL, in_top("/jail/file.txt")));
    deny(rename(JAIL, in_top("/jail/file.txt"), JAIL, "moved"));
    deny(rename(JAIL, "file.txt", JAIL, in_top("/jail/moved")));
    deny(hardlink(JAIL, NOFOLLOW, in_top("/jail/file.txt"), JAIL, "linked"));
    deny(symlink("file.txt", JAIL, in_top("/jail/linked")));
    deny(readlink(JAIL, in_top("/jail/to-file")));
    deny(filestat(JAIL, FOLLOW, in_top("/jail/file.txt")));
    deny(set_times(JAIL, FOLLOW, in_top("/jail/file.txt")));
}

// ---- Links the host has left ----

static void links_to_a_file_outside(void) {
    deny(open(JAIL, "to-secret"));
    deny(open_nofollow(JAIL, "to-secret"));
    deny(open(JAIL, "to-secret/"));
    deny(open(JAIL, "sneaky"));
    deny(open(JAIL, "back-in"));
    deny(open_write(JAIL, "to-secret", 0));
    deny(open_write(JAIL, "to-secret", TRUNC));
    deny(open_write(JAIL, "to-secret", CREAT));
    deny(open_write(JAIL, "to-secret", CREAT | TRUNC));
    deny(open_write(JAIL, "to-secret", CREAT | EXCL));
    deny(filestat(JAIL, FOLLOW, "to-secret"));
    allow(filestat(JAIL, NOFOLLOW, "to-secret"));
    deny(filestat(JAIL, NOFOLLOW, "to-secret/"));
    deny(set_times(JAIL, FOLLOW, "to-secret"));
    allow(set_times(JAIL, NOFOLLOW, "to-secret"));
    allow(readlink(JAIL, "to-secret"));
    deny(readlink(JAIL, "to-secret/"));
}

static void links_in_the_middle(void) {
    every_call(JAIL, "to-outside");
}

static void links_with_slashes(void) {
    deny(open_dir(JAIL, "to-outside"));
    deny(open_dir(JAIL, "to-outside/"));
    deny(open_dir(JAIL, "to-outside//"));
    deny(open_dir(JAIL, "to-outside/."));
    deny(open_dir(JAIL, "to-outside/.."));
    deny(open_dir(JAIL, "to-outside/../jail"));
    deny(open_dir(JAIL, "to-outside-slash"));
    deny(open_dir(JAIL, "to-outside-slash/"));
    deny(open_nofollow(JAIL, "to-outside/"));
    deny(open_n(JAIL, NOFOLLOW, "to-outside", 10, DIRECTORY, FOLDER, 0));
    deny(open_n(JAIL, NOFOLLOW, "to-outside/", 11, DIRECTORY, FOLDER, 0));
    deny(filestat(JAIL, NOFOLLOW, "to-outside/"));
    deny(filestat(JAIL, FOLLOW, "to-outside/"));
    deny(set_times(JAIL, NOFOLLOW, "to-outside/"));
    deny(rmdir(JAIL, "to-outside"));
    deny(rmdir(JAIL, "to-outside/"));
    deny(rmdir(JAIL, "to-outside/empty"));
    deny(rmdir(JAIL, "to-outside/empty/"));
    deny(mkdir(JAIL, "to-outside"));
    deny(mkdir(JAIL, "to-outside/"));
    deny(unlink(JAIL, "to-outside/"));
    deny(readlink(JAIL, "to-outside/"));
    deny(symlink("x", JAIL, "to-outside/"));
    deny(rename(JAIL, "to-outside/", JAIL, "moved"));
    deny(rename(JAIL, "sub", JAIL, "to-outside/"));
    deny(hardlink(JAIL, NOFOLLOW, "to-outside/", JAIL, "linked"));
    deny(hardlink(JAIL, FOLLOW, "to-outside/", JAIL, "linked"));
}

static void links_that_are_absolute(void) {
    deny(open_dir(JAIL, "abs-outside"));
    deny(open_dir(JAIL, "abs-outside/"));
    deny(open(JAIL, "abs-outside/secret.txt"));
    deny(open(JAIL, "abs-secret"));
    deny(open(JAIL, "abs-inside"));
    deny(open_write(JAIL, "abs-dangling", CREAT));
    deny(open_dir(JAIL, "root"));
    deny(open_dir(JAIL, "slashes"));
    deny(open(JAIL, "root/etc/passwd"));
    deny(open(JAIL, "passwd"));
    deny(filestat(JAIL, FOLLOW, "passwd"));
    deny(filestat(JAIL, FOLLOW, "root"));
    deny(readlink(JAIL, "root/proc/self/exe"));
    deny(mkdir(JAIL, "abs-outside/planted"));
    deny(unlink(JAIL, "abs-outside/secret.txt"));
    deny(set_times(JAIL, FOLLOW, "abs-secret"));
}

static void links_every_call_absolute(void) { every_call(JAIL, "abs-outside"); }
static void links_every_call_through_root(void) {
    // "root" leads to "/", and the fixture's path goes on from there.
    static char path[1500] = "root";
    const char *outside = in_top("/outside");
    memcpy(path + 4, outside, strlen(outside) + 1);
    every_call(JAIL, path);
}

static void links_in_chains(void) {
    deny(open(JAIL, "chain1"));
    deny(open(JAIL, "chain2"));
    deny(open(JAIL, "chain4"));
    deny(open_dir(JAIL, "dirchain1"));
    deny(open_dir(JAIL, "dirchain1/"));
    deny(filestat(JAIL, FOLLOW, "chain1"));
    deny(set_times(JAIL, FOLLOW, "chain1"));
    deny(open(JAIL, "here/here/here/chain1"));
    allow(open(JAIL, "here/here/file.txt"));
    deny(open(JAIL, "here/../outside/secret.txt"));
    deny(open(JAIL, "to-sub/../../outside/secret.txt"));
    allow(open(JAIL, "to-sub/../file.txt"));
    allow(open(JAIL, "to-deep-up"));
    allow(open(JAIL, "to-sub-slash/inner.txt"));
}

static void links_every_call_in_chains(void) { every_call(JAIL, "here/dirchain1"); }

static void links_up(void) {
    deny(open_dir(JAIL, "up"));
    deny(open_dir(JAIL, "up/"));
    deny(open_dir(JAIL, "up-slash"));
    deny(open_dir(JAIL, "up/jail"));
    deny(open(JAIL, "up/jail/file.txt"));
    deny(open(JAIL, "up/outside/secret.txt"));
    deny(open(JAIL, "sub/up-out/outside/secret.txt"));
    deny(open(JAIL, "sub/up-out/secret.txt"));
    allow(open(JAIL, "sub/up-in"));
    // From the folder "sub" itself the same link leads out.
    deny(open(SUB, "up-in"));
    u32 sub = folder(JAIL, "sub");
    deny(open(sub, "up-in"));
    deny(filestat(sub, FOLLOW, "up-in"));
    deny(open(CHILD, "up-file"));
    deny(open_write(CHILD, "up-file", 0));
    deny(open_write(CHILD, "up-file", TRUNC));
    deny(open_dir(CHILD, "up"));
}

static void links_every_call_up(void) { every_call(JAIL, "up/outside"); }

static void links_that_dangle(void) {
    deny(open(JAIL, "dangling-out"));
    deny(open_write(JAIL, "dangling-out", CREAT));
    deny(open_write(JAIL, "dangling-out", CREAT | TRUNC));
    deny(open_write(JAIL, "dangling-out", CREAT | EXCL));
    deny(open_n(JAIL, NOFOLLOW, "dangling-out", 12, CREAT, READ | WRITE, 0));
    deny(open_write(JAIL, "dangling-beside", CREAT));
    deny(mkdir(JAIL, "dangling-out"));
    deny(mkdir(JAIL, "dangling-out/"));
    deny(mkdir(JAIL, "dangling-beside/"));
    deny(symlink("x", JAIL, "dangling-out"));
    deny(symlink("x", JAIL, "dangling-out/"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, "dangling-out"));
    deny(rename(JAIL, "sub", JAIL, "dangling-out/"));
    deny(open_write(JAIL, "dangling/", CREAT));
    deny(mkdir(JAIL, "dangling"));
    note(mkdir(JAIL, "dangling/"));
    note(open_write(JAIL, "dangling", CREAT));
    note(filestat(JAIL, FOLLOW, "missing.txt"));
}

static void links_replaced(void) {
    // What is renamed onto a link replaces the link, not what it leads to.
    allow(rename(JAIL, "file.txt", JAIL, "to-secret"));
    allow(open(JAIL, "to-secret"));
    allow(rename(JAIL, "to-outside", JAIL, "moved-link"));
    deny(open(JAIL, "moved-link/secret.txt"));
    allow(unlink(JAIL, "moved-link"));
    allow(unlink(JAIL, "chain4"));
    deny(rename(JAIL, "empty", JAIL, "abs-outside"));
}

static void links_in_loops(void) {
    deny(open(JAIL, "self"));
    deny(open(JAIL, "self/"));
    deny(open(JAIL, "self/x"));
    deny(open(JAIL, "loop1"));
    deny(open(JAIL, "loop-deep"));
    deny(open_write(JAIL, "loop1", CREAT));
    deny(filestat(JAIL, FOLLOW, "loop1"));
    allow(filestat(JAIL, NOFOLLOW, "loop1"));
    deny(set_times(JAIL, FOLLOW, "loop1"));
    deny(mkdir(JAIL, "loop1/x"));
    deny(mkdir(JAIL, "self"));
    deny(open_nofollow(JAIL, "self"));
    deny(hardlink(JAIL, FOLLOW, "self", JAIL, "x"));
}

static void links_of_many_hops(void) {
    note(open(JAIL, "hop1"));
    note(open(JAIL, "hop39"));
    note(open(JAIL, "hop40"));
    deny(open(JAIL, "hop41"));
    deny(open(JAIL, "hop50"));
    deny(open(JAIL, "out-hop1"));
    deny(open(JAIL, "out-hop20"));
    deny(open(JAIL, "out-hop39"));
    deny(open(JAIL, "out-hop40"));
    deny(open(JAIL, "out-hop45"));
    deny(open_write(JAIL, "out-hop45", CREAT));
}

static void links_into_proc(void) {
    deny(open_dir(JAIL, "proc-cwd"));
    deny(open_dir(JAIL, "proc-cwd/"));
    deny(open_dir(JAIL, "proc-root"));
    deny(open(JAIL, "proc-root/etc/passwd"));
    deny(open_dir(JAIL, "proc-fd"));
    deny(open(JAIL, "proc-fd/0"));
    deny(open(JAIL, "proc-fd/1"));
    deny(open(JAIL, "dev-fd/0"));
    deny(readlink(JAIL, "proc-fd/0"));
    deny(filestat(JAIL, FOLLOW, "proc-fd/0"));
}

static void links_followed_by_link(void) {
    deny(hardlink(JAIL, FOLLOW, "to-secret", JAIL, "stolen"));
    deny(hardlink(JAIL, FOLLOW, "abs-secret", JAIL, "stolen2"));
    deny(hardlink(JAIL, FOLLOW, "chain1", JAIL, "stolen3"));
    deny(open(JAIL, "stolen"));
    note(hardlink(JAIL, NOFOLLOW, "to-secret", JAIL, "copy-of-link"));
    deny(open(JAIL, "copy-of-link"));
    note(hardlink(JAIL, NOFOLLOW, "to-secret", JAIL, "sub/copy-of-link"));
    deny(open(JAIL, "sub/copy-of-link"));
}

static void links_read(void) {
    u32 used;
    u32 errno;
    allow(readlink(JAIL, "to-outside"));
    note(readlink(JAIL, "abs-outside"));
    put("readlink into nothing");
    note(path_readlink(JAIL, AT("to-outside"), 10, AT(loot), 0, AT(&used)));
    put("readlink cut");
    errno = path_readlink(JAIL, AT("to-outside"), 10, AT(loot), 3, AT(&used));
    note(errno);
    check("no more than fits", errno || used <= 3);
    deny(readlink(JAIL, "file.txt"));
    deny(readlink(JAIL, "sub"));
    deny(readlink(JAIL, "."));
    deny(readlink(JAIL, "missing.txt"));
}

// ---- Links the guest makes ----

static void made_relative(void) {
    note(symlink("../outside/secret.txt", JAIL, "mine"));
    deny(open(JAIL, "mine"));
    deny(filestat(JAIL, FOLLOW, "mine"));
    note(symlink("../outside", JAIL, "mydir"));
    deny(open(JAIL, "mydir/secret.txt"));
    deny(open_dir(JAIL, "mydir/"));
    note(symlink("..", JAIL, "myup"));
    deny(open(JAIL, "myup/outside/secret.txt"));
    note(symlink("../", JAIL, "myupslash"));
    deny(open_dir(JAIL, "myupslash"));
    note(symlink("../..", JAIL, "sub/upup"));
    deny(open(JAIL, "sub/upup/outside/secret.txt"));
    note(symlink("../file.txt", JAIL, "sub/fine"));
    note(open(JAIL, "sub/fine"));
}

static void made_every_call(void) {
    note(symlink("../outside", JAIL, "mydir"));
    every_call(JAIL, "mydir");
}

static void made_absolute(void) {
    deny(symlink("/", JAIL, "myroot"));
    deny(open(JAIL, "myroot/etc/passwd"));
    deny(symlink("/etc/passwd", JAIL, "mypasswd"));
    deny(open(JAIL, "mypasswd"));
    deny(symlink(in_top("/outside"), JAIL, "myabs"));
    deny(open(JAIL, "myabs/secret.txt"));
    deny(symlink(in_top("/jail/file.txt"), JAIL, "myin"));
    deny(open(JAIL, "myin"));
    deny(symlink("//", JAIL, "myroot2"));
    deny(symlink("/proc/self/cwd", JAIL, "mycwd"));
    deny(open_dir(JAIL, "mycwd"));
    deny(symlink("/proc/self/fd/3/..", JAIL, "myfd"));
    deny(open_dir(JAIL, "myfd"));
}

static void made_chain(void) {
    note(symlink("b", JAIL, "a1"));
    note(symlink("sub/../c", JAIL, "b"));
    note(symlink("here/d/", JAIL, "c"));
    note(symlink("../outside", JAIL, "d"));
    deny(open(JAIL, "a1/secret.txt"));
    deny(open_dir(JAIL, "a1"));
    deny(open_dir(JAIL, "a1/"));
    deny(mkdir(JAIL, "a1/planted"));
}

static void made_dangling(void) {
    note(symlink("../outside/planted.txt", JAIL, "mine"));
    deny(open_write(JAIL, "mine", CREAT));
    deny(open_write(JAIL, "mine", CREAT | TRUNC));
    deny(open_write(JAIL, "mine", CREAT | EXCL));
    deny(mkdir(JAIL, "mine/"));
    note(symlink("../outside/planted/", JAIL, "minedir"));
    deny(mkdir(JAIL, "minedir"));
    deny(open_write(JAIL, "minedir", CREAT));
    note(symlink("sub/planted.txt", JAIL, "fine"));
    note(open_write(JAIL, "fine", CREAT));
    note(filestat(JAIL, NOFOLLOW, "sub/planted.txt"));
}

static void made_loops(void) {
    note(symlink("y", JAIL, "x"));
    note(symlink("x", JAIL, "y"));
    deny(open(JAIL, "x"));
    note(symlink(".", JAIL, "dot"));
    note(symlink("dot/dot/dot/dot", JAIL, "dots"));
    note(symlink("dots/dots/dots/dots", JAIL, "dots2"));
    note(open_dir(JAIL, "dots"));
    note(open_dir(JAIL, "dots2"));
    // Each name doubles the work of the one before, where nobody counts.
    note(symlink("dots2/dots2/dots2/dots2/dots2/dots2/dots2/dots2", JAIL, "bomb1"));
    note(symlink("bomb1/bomb1/bomb1/bomb1/bomb1/bomb1/bomb1/bomb1", JAIL, "bomb2"));
    note(symlink("bomb2/bomb2/bomb2/bomb2/bomb2/bomb2/bomb2/bomb2", JAIL, "bomb3"));
    note(symlink("bomb3/bomb3/bomb3/bomb3/bomb3/bomb3/bomb3/bomb3", JAIL, "bomb4"));
    deny(open_dir(JAIL, "bomb4"));
    deny(open_dir(JAIL, "bomb4/bomb4/bomb4"));
}

static void made_odd_texts(void) {
    static char longest[6000];
    memset(longest, 'x', sizeof longest);
    note(symlink("", JAIL, "empty-text"));
    note(symlink("./", JAIL, "dot-slash"));
    note(open(JAIL, "dot-slash/file.txt"));
    put("symlink with a zero in the text");
    note(path_symlink(AT("file.txt\0/../../outside"), 22, JAIL, AT("zero"), 4));
    deny(open(JAIL, "zero/secret.txt"));
    put("symlink with a text that is not UTF-8");
    note(path_symlink(AT("\xff\xfe"), 2, JAIL, AT("bad"), 3));
    put("symlink of 4095");
    note(path_symlink(AT(longest), 4095, JAIL, AT("long1"), 5));
    put("symlink of 4096");
    deny(path_symlink(AT(longest), 4096, JAIL, AT("long2"), 5));
    put("symlink of 6000");
    deny(path_symlink(AT(longest), 6000, JAIL, AT("long3"), 5));
    deny(open(JAIL, "long1"));
    note(symlink(" /etc/passwd", JAIL, "space"));
    deny(open(JAIL, "space"));
    note(symlink("\\etc\\passwd", JAIL, "backslash"));
    deny(open(JAIL, "backslash"));
    note(symlink("file:///etc/passwd", JAIL, "url"));
    deny(open(JAIL, "url"));
}

static void made_and_moved(void) {
    // Harmless where it is made, outside where it goes.
    note(symlink("../../outside/secret.txt", JAIL, "a/b/mine"));
    deny(open(JAIL, "a/b/mine"));
    note(rename(JAIL, "a/b/mine", JAIL, "a/mine"));
    deny(open(JAIL, "a/mine"));
    note(rename(JAIL, "a/mine", JAIL, "mine"));
    deny(open(JAIL, "mine"));
    note(symlink("../outside/secret.txt", JAIL, "a/other"));
    deny(open(JAIL, "a/other"));
    note(rename(JAIL, "a", JAIL, "sub/a"));
    deny(open(JAIL, "sub/a/other"));
    note(rename(JAIL, "sub/a/other", OTHER, "other"));
    deny(open(OTHER, "other"));
    note(symlink("../../../outside/secret.txt", JAIL, "sub/a/b/up"));
    note(rename(JAIL, "sub/a/b", OTHER, "b"));
    deny(open(OTHER, "b/up"));
    deny(open(OTHER, "to-jail/file.txt"));
    deny(open_write(OTHER, "to-ro/file.txt", 0));
    deny(unlink(OTHER, "to-ro/file.txt"));
}

static void made_between_preopens(void) {
    note(symlink("../ro/file.txt", JAIL, "mine"));
    deny(open_write(JAIL, "mine", 0));
    deny(open_write(JAIL, "mine", TRUNC));
    deny(set_times(JAIL, FOLLOW, "mine"));
    note(symlink("../ro", OTHER, "mine"));
    deny(unlink(OTHER, "mine/file.txt"));
    deny(mkdir(OTHER, "mine/new"));
    note(symlink("../file.txt", CHILD, "mine"));
    deny(open_write(CHILD, "mine", 0));
    deny(open(CHILD, "mine"));
    deny(open_write(RO, "child/mine", 0));
    note(open(RO, "child/mine"));
}

static void made_into_a_folder_that_was_open(void) {
    // A folder gives way to a link while it is open: the descriptor stays with the folder.
    u32 sub = folder(JAIL, "a");
    note(rename(JAIL, "a", JAIL, "gone"));
    note(symlink("../outside", JAIL, "a"));
    deny(open(sub, "secret.txt"));
    allow(open(sub, "b/c/leaf.txt"));
    deny(open(JAIL, "a/secret.txt"));
    deny(open_write(JAIL, "a/planted", CREAT));
    note(open_write(sub, "new.txt", CREAT));
    note(filestat(JAIL, FOLLOW, "gone/new.txt"));
}

// ---- Names for a second time ----

static void hard_links(void) {
    deny(hardlink(JAIL, NOFOLLOW, "to-outside/secret.txt", JAIL, "stolen"));
    deny(hardlink(JAIL, NOFOLLOW, "../outside/secret.txt", JAIL, "stolen"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, "to-outside/planted"));
    deny(hardlink(JAIL, NOFOLLOW, "sub", JAIL, "sub2"));
    deny(hardlink(JAIL, NOFOLLOW, ".", JAIL, "sub/up"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, "sub/inner.txt"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, "to-secret"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt/", JAIL, "x"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, "x/"));
    note(hardlink(JAIL, FOLLOW, "to-file", JAIL, "followed"));
    allow(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, "sub/second"));
}

static void hard_links_out_of_read_only(void) {
    // A second name where one may write would make the file writable.
    deny(hardlink(RO, NOFOLLOW, "file.txt", JAIL, "mine"));
    deny(open_write(JAIL, "mine", 0));
    deny(hardlink(RO, NOFOLLOW, "file.txt", CHILD, "mine"));
    deny(open_write(CHILD, "mine", 0));
    deny(hardlink(RO, NOFOLLOW, "sub/inner.txt", OTHER, "mine"));
    deny(hardlink(RO, FOLLOW, "link", JAIL, "mine"));
    u32 sub = folder(RO, "sub");
    deny(hardlink(sub, NOFOLLOW, "inner.txt", JAIL, "mine"));
    deny(hardlink(SUB, NOFOLLOW, "inner.txt", JAIL, "mine"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", RO, "mine"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", SUB, "mine"));
    deny(hardlink(CHILD, NOFOLLOW, "file.txt", RO, "child/mine"));
    note(hardlink(JAIL, NOFOLLOW, "file.txt", OTHER, "mine"));
}

// ---- Renaming ----

static void renames_between_preopens(void) {
    deny(rename(RO, "file.txt", JAIL, "mine"));
    deny(rename(JAIL, "file.txt", RO, "mine"));
    deny(rename(JAIL, "file.txt", RO, "file.txt"));
    deny(rename(RO, "empty", JAIL, "mine"));
    deny(rename(JAIL, "empty", RO, "empty"));
    deny(rename(RO, "child/file.txt", CHILD, "mine"));
    deny(rename(CHILD, "file.txt", RO, "mine"));
    deny(rename(CHILD, "file.txt", RO, "child/mine"));
    deny(rename(SUB, "inner.txt", JAIL, "mine"));
    deny(rename(JAIL, "file.txt", SUB, "mine"));
    deny(rename(RO, "child", JAIL, "mine"));
    deny(rename(JAIL, "to-outside/secret.txt", OTHER, "mine"));
    deny(rename(JAIL, "file.txt", OTHER, "to-outside/mine"));
    deny(rename(JAIL, "file.txt", OTHER, "to-ro/mine"));
    deny(rename(JAIL, "file.txt", OTHER, "../outside/mine"));
    note(rename(JAIL, "file.txt", OTHER, "mine"));
    note(rename(JAIL, "sub", OTHER, "sub"));
    // "sub" of the jail is the descriptor's folder still, read-only as it was.
    deny(open_write(SUB, "new", CREAT));
    note(open(SUB, "inner.txt"));
}

static void renames_of_roots(void) {
    deny(rename(JAIL, ".", JAIL, "x"));
    deny(rename(JAIL, "./", OTHER, "x"));
    deny(rename(JAIL, "sub", JAIL, "."));
    deny(rename(JAIL, "", JAIL, "x"));
    deny(rename(JAIL, "sub", JAIL, ""));
    deny(rename(JAIL, "here", OTHER, "."));
    deny(rename(JAIL, "sub", JAIL, "sub/deep/x"));
    deny(rename(JAIL, "sub/.", JAIL, "x"));
    deny(rename(JAIL, "sub", JAIL, "x/."));
    deny(rename(JAIL, "file.txt/", JAIL, "x"));
    deny(rename(JAIL, "file.txt", JAIL, "x/"));
    deny(rename(JAIL, "sub", JAIL, "file.txt"));
    deny(rename(JAIL, "file.txt", JAIL, "sub"));
    deny(rename(JAIL, "empty", JAIL, "sub"));
    note(rename(JAIL, "sub", JAIL, "empty"));
}

static void moved_while_open(void) {
    u32 c = folder(JAIL, "a/b/c");
    u32 b = folder(JAIL, "a/b");
    note(rename(JAIL, "a/b", OTHER, "b"));
    deny(open_dir(c, ".."));
    deny(open(c, "../../file.txt"));
    deny(open(c, "../../../outside/secret.txt"));
    allow(open(c, "leaf.txt"));
    note(open_write(c, "new.txt", CREAT));
    note(filestat(OTHER, FOLLOW, "b/c/new.txt"));
    allow(open(b, "c/../c/leaf.txt"));
    deny(open(b, "c/../../file.txt"));
    note(rename(OTHER, "b/c", JAIL, "c"));
    deny(open(b, "c/leaf.txt"));
    deny(open_dir(c, ".."));
    note(mkdir(c, "new"));
}

static void moved_into_itself(void) {
    u32 b = folder(JAIL, "a/b");
    deny(rename(JAIL, "a", b, "c/a"));
    deny(rename(JAIL, "a", JAIL, "a/b/a"));
    deny(rename(b, "c", b, "c/c"));
    note(rename(JAIL, "a", JAIL, "here/a"));
}

static void removed_while_open(void) {
    u32 empty = folder(JAIL, "empty");
    allow(rmdir(JAIL, "empty"));
    deny(open_write(empty, "new", CREAT));
    deny(mkdir(empty, "new"));
    deny(symlink("x", empty, "new"));
    deny(rename(JAIL, "file.txt", empty, "new"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", empty, "new"));
    deny(open_dir(empty, ".."));
    deny(filestat(empty, FOLLOW, "../file.txt"));
    note(open_dir(empty, "."));
    note(fd_stat(empty));
    note(readdir(empty, 0, 4096));
    // Another folder with its name is another folder.
    allow(mkdir(JAIL, "empty"));
    deny(open_write(empty, "new", CREAT));
    deny(filestat(JAIL, FOLLOW, "empty/new"));
}

static void unlinked_while_open(void) {
    u32 mine = file(JAIL, "mine.txt", CREAT);
    allow(unlink(JAIL, "mine.txt"));
    note(symlink("../outside/secret.txt", JAIL, "mine.txt"));
    allow(write(mine, "still mine"));
    allow(pwrite(mine, "again"));
    note(set_size(mine, 3));
    note(fd_times(mine));
    note(fd_stat(mine));
    note(set_flags(mine, APPEND));
    note(write(mine, "at the end"));
    allow(read(mine));
}

static void replaced_while_open(void) {
    u32 mine = file(JAIL, "mine.txt", CREAT);
    allow(unlink(JAIL, "mine.txt"));
    allow(mkdir(JAIL, "mine.txt"));
    note(fd_stat(mine));
    check("still a file", ((u8 *)stat)[16] == 4);
    note(set_flags(mine, APPEND));
    allow(write(mine, "x"));
    note(set_size(mine, 0));
    u32 sub = folder(JAIL, "mine.txt");
    allow(rmdir(JAIL, "mine.txt"));
    allow(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, "mine.txt"));
    note(fd_stat(sub));
    deny(open(sub, "../file.txt"));
    deny(readlink(sub, "."));
}

// ---- Read-only ----

static void every_change(u32 fd) {
    deny(open_write(fd, "file.txt", 0));
    deny(open_write(fd, "file.txt", TRUNC));
    deny(open_write(fd, "file.txt", CREAT));
    deny(open_write(fd, "file.txt", CREAT | TRUNC));
    deny(open_write(fd, "file.txt", CREAT | EXCL));
    deny(open_write(fd, "new", CREAT));
    deny(open_write(fd, "new", CREAT | EXCL));
    deny(open_n(fd, FOLLOW, "file.txt", 8, TRUNC, READ, 0));
    deny(open_n(fd, FOLLOW, "file.txt", 8, TRUNC, 0, 0));
    deny(open_n(fd, FOLLOW, "file.txt", 8, CREAT | TRUNC, READ, 0));
    deny(open_n(fd, FOLLOW, "new", 3, CREAT, READ, 0));
    deny(open_n(fd, FOLLOW, "new", 3, CREAT, 0, 0));
    deny(open_n(fd, FOLLOW, "new", 3, CREAT | EXCL | TRUNC, RIGHT_SET_SIZE, 0));
    deny(open_n(fd, FOLLOW, "new", 3, CREAT | DIRECTORY, READ, 0));
    deny(open_n(fd, FOLLOW, "file.txt", 8, 0, RIGHT_FD_WRITE, APPEND));
    deny(open_write(fd, "dangling", CREAT));
    deny(open_write(fd, "link", 0));
    deny(open_write(fd, "link", TRUNC));
    deny(mkdir(fd, "new"));
    deny(mkdir(fd, "sub"));
    deny(rmdir(fd, "empty"));
    deny(unlink(fd, "file.txt"));
    deny(unlink(fd, "link"));
    deny(symlink("file.txt", fd, "new"));
    deny(set_times(fd, FOLLOW, "file.txt"));
    deny(set_times(fd, FOLLOW, "link"));
    deny(set_times(fd, NOFOLLOW, "link"));
    deny(set_times(fd, FOLLOW, "sub"));
    deny(set_times(fd, FOLLOW, "."));
    deny(rename(fd, "file.txt", fd, "new"));
    deny(rename(fd, "file.txt", fd, "file.txt"));
    deny(rename(fd, "sub", fd, "empty"));
    deny(rename(fd, "file.txt", JAIL, "new"));
    deny(rename(JAIL, "file.txt", fd, "new"));
    deny(hardlink(fd, NOFOLLOW, "file.txt", fd, "new"));
    deny(hardlink(fd, NOFOLLOW, "file.txt", JAIL, "new"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", fd, "new"));
    deny(fd_times(fd));
    deny(fd_times_now(fd));
    deny(set_size(fd, 0));
    deny(allocate(fd, 0, 10));
    deny(write(fd, "x"));
}

static void read_only_every_change(void) { every_change(RO); }

static void read_only_reopened(void) {
    u32 again = folder(RO, ".");
    every_change(again);
}

static void read_only_renumbered(void) {
    u32 again = folder(RO, ".");
    allow(renumber(again, OTHER));
    every_change(OTHER);
}

static void read_only_swapped_by_renumber(void) {
    // The numbers change places; what may be changed goes with the folders.
    u32 jail = folder(JAIL, ".");
    allow(renumber(RO, JAIL));
    deny(open_write(JAIL, "new", CREAT));
    deny(unlink(JAIL, "file.txt"));
    deny(mkdir(JAIL, "new"));
    allow(renumber(jail, OTHER));
    allow(open_write(OTHER, "new", CREAT));
    deny(rename(OTHER, "new", JAIL, "new"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", OTHER, "stolen"));
}

static void read_only_rights_asked_for(void) {
    note(set_rights(RO, ALL));
    every_change(RO);
}

static void read_only_opened_with_all_rights(void) {
    note(open_n(RO, FOLLOW, ".", 1, DIRECTORY, FOLDER, 0));
    note(open_n(RO, FOLLOW, "sub", 3, DIRECTORY, FOLDER, 0));
    u32 sub = got;
    note(set_rights(sub, ALL));
    deny(open_write(sub, "inner.txt", 0));
    deny(open_write(sub, "new", CREAT));
    deny(unlink(sub, "inner.txt"));
    deny(fd_times(sub));
}

static void read_only_files(void) {
    allow(open(RO, "file.txt"));
    u32 fd = got;
    deny(write(fd, "x"));
    deny(pwrite(fd, "x"));
    deny(set_size(fd, 0));
    deny(set_size(fd, 100));
    deny(allocate(fd, 0, 100));
    deny(fd_times(fd));
    deny(fd_times_now(fd));
    note(set_flags(fd, APPEND));
    deny(write(fd, "x"));
    note(set_rights(fd, ALL));
    deny(write(fd, "x"));
    deny(set_size(fd, 0));
    deny(fd_times(fd));
    allow(renumber(fd, OTHER));
    deny(write(OTHER, "x"));
    deny(set_size(OTHER, 0));
    allow(read(OTHER));
    note(open_n(RO, FOLLOW, "file.txt", 8, 0, ALL, 0));
    deny(write(got, "x"));
    deny(set_size(got, 0));
    deny(fd_times(got));
    deny(allocate(got, 0, 100));
}

static void read_only_folder_of_a_writable_one(void) {
    // "sub" is open read-only, and lies in the jail, which is not.
    deny(open_write(SUB, "inner.txt", 0));
    deny(open_write(SUB, "inner.txt", TRUNC));
    deny(open_write(SUB, "new", CREAT));
    deny(mkdir(SUB, "new"));
    deny(unlink(SUB, "inner.txt"));
    deny(rmdir(SUB, "deep"));
    deny(symlink("x", SUB, "new"));
    deny(set_times(SUB, FOLLOW, "inner.txt"));
    deny(rename(SUB, "inner.txt", JAIL, "new"));
    deny(rename(JAIL, "file.txt", SUB, "new"));
    deny(open_write(SUB, "deep/../inner.txt", 0));
    deny(open_write(SUB, "deep/bottom.txt", 0));
    allow(open_write(JAIL, "sub/new", CREAT));
    allow(open(SUB, "new"));
    deny(set_size(got, 0));
    allow(unlink(JAIL, "sub/new"));
}

static void read_only_parent_of_a_writable_folder(void) {
    // "child" is open to be written, and lies in "ro", which is not.
    deny(open_write(RO, "child/file.txt", 0));
    deny(open_write(RO, "child/file.txt", TRUNC));
    deny(open_write(RO, "child/new", CREAT));
    deny(open_write(RO, "to-child/file.txt", 0));
    deny(mkdir(RO, "child/new"));
    deny(unlink(RO, "child/file.txt"));
    deny(rmdir(RO, "child"));
    deny(symlink("x", RO, "child/new"));
    deny(set_times(RO, FOLLOW, "child"));
    deny(rename(RO, "child/file.txt", RO, "child/new"));
    deny(open_write(CHILD, "../file.txt", 0));
    deny(open_write(CHILD, "up/file.txt", 0));
    deny(unlink(CHILD, "../file.txt"));
    deny(unlink(CHILD, "up/file.txt"));
    deny(mkdir(CHILD, "up/new"));
    deny(rename(CHILD, "file.txt", CHILD, "../new"));
    deny(rename(CHILD, "file.txt", CHILD, "up/new"));
    allow(open_write(CHILD, "file.txt", 0));
    allow(open_write(CHILD, "new", CREAT));
    allow(open(RO, "child/new"));
    deny(write(got, "x"));
}

static void read_only_reads(void) {
    allow(open(RO, "file.txt"));
    allow(open(RO, "link"));
    allow(open(RO, "sub/inner.txt"));
    deny(open(RO, "to-secret"));
    deny(open(RO, "dangling"));
    allow(readlink(RO, "link"));
    allow(filestat(RO, FOLLOW, "link"));
    allow(open_dir(RO, "sub"));
    allow(readdir(got, 0, 4096));
    note(one("sync", RO) + fd_sync(RO));
    note(one("datasync", RO) + fd_datasync(RO));
    note(open_n(RO, FOLLOW, "file.txt", 8, CREAT, READ, 0));
    note(open_n(RO, FOLLOW, "file.txt", 8, CREAT | EXCL, READ, 0));
}

// ---- Rights ----

static void rights_given_back(void) {
    allow(open_write(JAIL, "file.txt", 0));
    u32 fd = got;
    note(set_rights(fd, RIGHT_FD_READ));
    note(write(fd, "x"));
    note(set_rights(fd, ALL));
    note(set_rights(fd, READ | WRITE));
    note(write(fd, "x"));
    note(set_size(fd, 0));
    note(set_rights(JAIL, 1ull << 13));
    note(mkdir(JAIL, "new"));
    note(set_rights(JAIL, ALL));
    note(mkdir(JAIL, "new2"));
    note(set_rights(99, 0));
    note(set_rights(1, ALL));
}

static void rights_inherited(void) {
    put("open with rights to read, inheriting to read");
    note(path_open(JAIL, FOLLOW, AT("a"), 1, DIRECTORY, READ | 1ull << 13, READ | 1ull << 13, 0, AT(&got)));
    u32 sub = got;
    note(open_write(sub, "new", CREAT));
    note(mkdir(sub, "newdir"));
    note(open_n(sub, FOLLOW, "b", 1, DIRECTORY, FOLDER, 0));
    put("open with no rights at all");
    note(path_open(JAIL, FOLLOW, AT("file.txt"), 8, 0, 0, 0, 0, AT(&got)));
    note(read(got));
    note(write(got, "x"));
    note(fd_stat(got));
    put("open with the right to write only");
    note(path_open(JAIL, FOLLOW, AT("file.txt"), 8, 0, RIGHT_FD_WRITE, 0, 0, AT(&got)));
    note(read(got));
    note(write(got, "x"));
    put("open with the right to read only");
    note(path_open(JAIL, FOLLOW, AT("file.txt"), 8, 0, RIGHT_FD_READ, 0, 0, AT(&got)));
    note(write(got, "x"));
    note(pwrite(got, "x"));
    note(set_size(got, 0));
    note(allocate(got, 0, 1000));
}

static void unknown_whence(void) {
    u32 fd = file(JAIL, "file.txt", 0);
    put("seek by an unknown way");
    deny(fd_seek(fd, 0, 3, AT(loot)));
}

static void unknown_advice(void) {
    u32 fd = file(JAIL, "file.txt", 0);
    put("advise what nobody knows");
    deny(fd_advise(fd, 0, 0, 6));
}

// Bits nobody knows: wasmtime traps, so each stands alone.
static void unknown_rights(void) {
    put("open with all 64 bits");
    note(path_open(JAIL, FOLLOW, AT("file.txt"), 8, 0, ~0ull, ~0ull, 0, AT(&got)));
}

static void unknown_rights_of_read_only(void) {
    put("open with all 64 bits");
    note(path_open(RO, FOLLOW, AT("file.txt"), 8, 0, ~0ull, ~0ull, 0, AT(&got)));
    deny(write(got, "x"));
    deny(set_size(got, 0));
}

static void unknown_rights_set(void) {
    note(set_rights(JAIL, ~0ull));
    note(set_rights(RO, ~0ull));
    deny(mkdir(RO, "new"));
}

static void unknown_dirflags(void) {
    put("open with unknown flags");
    note(path_open(JAIL, 0xfffffffe, AT("to-secret"), 9, 0, READ, READ, 0, AT(&got)));
    deny(open(got, "."));
}

static void unknown_oflags(void) {
    put("open with unknown oflags");
    note(path_open(RO, FOLLOW, AT("file.txt"), 8, 0xfff0, READ, READ, 0, AT(&got)));
}

static void unknown_fdflags(void) {
    put("open with unknown fdflags");
    note(path_open(RO, FOLLOW, AT("file.txt"), 8, 0, READ, READ, 0xffe0, AT(&got)));
}

static void unknown_fstflags(void) {
    put("set times with unknown flags");
    note(path_filestat_set_times(RO, FOLLOW, AT("file.txt"), 8, 0, 0, 0xfff0));
}

static void unknown_and_contradicting_fstflags(void) {
    put("set times to a time and to now");
    deny(path_filestat_set_times(JAIL, FOLLOW, AT("file.txt"), 8, 0, 0, ATIM | ATIM_NOW));
    put("set times to a time and to now");
    deny(path_filestat_set_times(RO, FOLLOW, AT("file.txt"), 8, 0, 0, MTIM | MTIM_NOW));
}

static void rights_of_folders(void) {
    note(read(JAIL));
    note(write(JAIL, "x"));
    note(set_size(JAIL, 0));
    note(allocate(JAIL, 0, 1));
    note(set_flags(JAIL, APPEND));
    note(one("seek", JAIL) + fd_seek(JAIL, 0, 0, AT(loot)));
    note(one("tell", JAIL) + fd_tell(JAIL, AT(loot)));
    note(one("advise", JAIL) + fd_advise(JAIL, 0, 0, 0));
    note(open_n(JAIL, FOLLOW, "sub", 3, 0, READ | WRITE, 0));
    note(open_n(JAIL, FOLLOW, "sub", 3, CREAT, READ | WRITE, 0));
    note(open_n(JAIL, FOLLOW, "sub", 3, TRUNC, READ | WRITE, 0));
    note(open_n(JAIL, FOLLOW, "file.txt", 8, DIRECTORY, READ, 0));
    note(open_n(JAIL, FOLLOW, "new", 3, CREAT | DIRECTORY, READ, 0));
    note(open_n(JAIL, FOLLOW, "file.txt", 8, CREAT | DIRECTORY, READ, 0));
    note(open_n(JAIL, FOLLOW, "sub", 3, DIRECTORY | TRUNC, READ, 0));
    note(open_n(JAIL, FOLLOW, "sub", 3, DIRECTORY | EXCL, READ, 0));
    note(open(JAIL, "file.txt"));
    note(readdir(got, 0, 100));
    note(open(got, "x"));
    note(mkdir(got, "x"));
}

// ---- Descriptors ----

// Every call on a descriptor that is not open.
static void every_call_closed(u32 fd) {
    deny(close(fd));
    deny(read(fd));
    deny(write(fd, "x"));
    deny(pwrite(fd, "x"));
    deny(one("pread", fd) + fd_pread(fd, 0, 0, 0, AT(loot)));
    deny(set_size(fd, 0));
    deny(allocate(fd, 0, 1));
    deny(fd_times(fd));
    deny(fd_stat(fd));
    deny(set_rights(fd, 0));
    deny(set_flags(fd, 0));
    deny(prestat(fd));
    deny(one("prestat_dir_name", fd) + fd_prestat_dir_name(fd, AT(loot), 100));
    deny(readdir(fd, 0, 100));
    deny(renumber(fd, JAIL));
    deny(renumber(OTHER, fd));
    deny(one("seek", fd) + fd_seek(fd, 0, 0, AT(loot)));
    deny(one("tell", fd) + fd_tell(fd, AT(loot)));
    deny(one("sync", fd) + fd_sync(fd));
    deny(one("datasync", fd) + fd_datasync(fd));
    deny(one("advise", fd) + fd_advise(fd, 0, 0, 0));
    deny(one("fdstat", fd) + fd_fdstat_get(fd, AT(loot)));
    deny(open(fd, "file.txt"));
    deny(open_write(fd, "new", CREAT));
    deny(mkdir(fd, "new"));
    deny(rmdir(fd, "empty"));
    deny(unlink(fd, "file.txt"));
    deny(rename(fd, "file.txt", OTHER, "x"));
    deny(rename(OTHER, "file.txt", fd, "x"));
    deny(hardlink(fd, NOFOLLOW, "file.txt", OTHER, "x"));
    deny(hardlink(OTHER, NOFOLLOW, "file.txt", fd, "x"));
    deny(symlink("x", fd, "x"));
    deny(readlink(fd, "to-file"));
    deny(filestat(fd, FOLLOW, "file.txt"));
    deny(set_times(fd, FOLLOW, "file.txt"));
    deny(one("accept", fd) + sock_accept(fd, 0, AT(loot)));
    deny(one("recv", fd) + sock_recv(fd, 0, 0, 0, AT(loot), AT(loot)));
    deny(one("send", fd) + sock_send(fd, 0, 0, 0, AT(loot)));
    deny(one("shutdown", fd) + sock_shutdown(fd, 3));
}

static void descriptors_closed(void) {
    allow(close(JAIL));
    // renumber onto a number that is not open is refused, so the last descriptor stays where it is.
    every_call_closed(JAIL);
}

static void descriptors_that_never_were(void) { every_call_closed(1000); }
static void descriptors_of_minus_one(void) { every_call_closed(0xffffffff); }
static void descriptors_negative(void) { every_call_closed(0x80000000); }
static void descriptors_huge(void) { every_call_closed(0x7fffffff); }

static void descriptors_renumbered(void) {
    allow(open(JAIL, "file.txt"));
    u32 fd = got;
    allow(renumber(fd, JAIL));
    // The jail is closed now, and its number is a file's.
    deny(read(fd));
    allow(read(JAIL));
    deny(open(JAIL, "file.txt"));
    deny(open(JAIL, "../outside/secret.txt"));
    note(prestat(JAIL));
    deny(prestat(fd));
    note(renumber(JAIL, JAIL));
    allow(read(JAIL));
    deny(renumber(JAIL, 500));
    deny(renumber(500, JAIL));
    deny(renumber(JAIL, 0xffffffff));
    deny(renumber(0xffffffff, 0xffffffff));
    note(renumber(OTHER, 1));
    note(mkdir(1, "new"));
    note(renumber(1, 0));
    note(mkdir(0, "new2"));
    note(close(0));
    deny(mkdir(0, "new3"));
}

static void descriptors_reused(void) {
    // The number of a closed folder goes to a file, and must not carry the folder's power with it.
    allow(close(JAIL));
    note(open(OTHER, "file.txt"));
    u32 fd = got;
    deny(open(fd, "../outside/secret.txt"));
    deny(mkdir(fd, "new"));
    deny(prestat(fd));
    allow(close(fd));
    deny(close(fd));
    allow(close(OTHER));
    deny(open(OTHER, "file.txt"));
    allow(close(RO));
    allow(close(SUB));
    allow(close(CHILD));
    deny(prestat(JAIL));
    note(close(0));
    note(close(1));
    note(close(2));
    deny(write(1, "x"));
    deny(read(0));
}

static void descriptors_prestat(void) {
    allow(prestat(JAIL));
    u32 length = ((u32 *)loot)[1];
    check("its name has 4 bytes", length == 4);
    deny(one("name, too short", JAIL) + fd_prestat_dir_name(JAIL, AT(loot), 3));
    note(one("name of no bytes", JAIL) + fd_prestat_dir_name(JAIL, AT(loot), 0));
    note(one("name, longer", JAIL) + fd_prestat_dir_name(JAIL, AT(loot), 100));
    deny(prestat(0));
    deny(prestat(PROC));
    folder(JAIL, "sub");
    deny(prestat(got));
}

static void cookies(void) {
    u32 fd = folder(JAIL, ".");
    allow(readdir(fd, 0, 4096));
    note(readdir(fd, 1, 4096));
    note(readdir(fd, 3, 4096));
    note(readdir(fd, 1000, 4096));
    note(readdir(fd, 0x7fffffffffffffff, 4096));
    note(readdir(fd, 0x8000000000000000, 4096));
    note(readdir(fd, 0xffffffffffffffff, 4096));
    note(readdir(fd, 0x100000000, 4096));
    note(readdir(fd, 0, 0));
    note(readdir(fd, 0, 1));
    note(readdir(fd, 0, 23));
    note(readdir(fd, 0, 24));
    note(readdir(fd, 0, 25));
    note(readdir(fd, 0, 26));
    note(readdir(fd, 5, 30));
}

static void cookies_of_a_changing_folder(void) {
    u32 fd = folder(JAIL, "a/b/c");
    allow(readdir(fd, 0, 30));
    allow(open_write(fd, "new1", CREAT));
    allow(open_write(fd, "new2", CREAT));
    allow(readdir(fd, 1, 4096));
    allow(unlink(fd, "new1"));
    allow(unlink(fd, "leaf.txt"));
    allow(readdir(fd, 2, 4096));
    allow(unlink(fd, "new2"));
    allow(readdir(fd, 4, 4096));
    allow(rmdir(JAIL, "a/b/c"));
    note(readdir(fd, 0, 4096));
    note(readdir(fd, 2, 4096));
}

// ---- Memory ----

// An address outside ends everything under wasmtime, so each call stands alone: one run of the attack makes one.
static u32 part;
#define PART if (part-- == 0)

static void buffers_outside(void) {
    u32 used;
    iovec bad[2] = {{0xfffffff0, 8}, {AT(loot), 8}};
    iovec wraps = {AT(loot), 0xffffffff};
    u32 fd = file(JAIL, "file.txt", 0);
    PART {
        put("read into nowhere");
        deny(fd_read(fd, AT(bad), 1, AT(&used)));
    }
    PART {
        put("read, list outside");
        deny(fd_read(fd, 0xfffffff8, 1, AT(&used)));
    }
    PART {
        put("read, list that wraps");
        deny(fd_read(fd, 0xfffffff8, 2, AT(&used)));
    }
    PART {
        put("read 4 GiB");
        deny(fd_read(fd, AT(&wraps), 1, AT(&used)));
    }
    PART {
        put("write from nowhere");
        deny(fd_write(fd, AT(bad), 1, AT(&used)));
    }
    PART {
        put("write 4 GiB");
        deny(fd_write(fd, AT(&wraps), 1, AT(&used)));
    }
    PART {
        put("pwrite 4 GiB");
        deny(fd_pwrite(fd, AT(&wraps), 1, 0, AT(&used)));
    }
    PART {
        put("pread 4 GiB");
        deny(fd_pread(fd, AT(&wraps), 1, 0, AT(&used)));
    }
    PART {
        put("write 2^32-1 buffers");
        deny(fd_write(fd, AT(bad), 0xffffffff, AT(&used)));
    }
    PART {
        put("read 2^32-1 buffers");
        deny(fd_read(fd, AT(bad), 0xffffffff, AT(&used)));
    }
    PART {
        put("read 2^29 buffers");
        deny(fd_read(fd, AT(bad), 0x20000000, AT(&used)));
    }
    PART {
        put("write, count outside");
        deny(fd_write(fd, AT(bad + 1), 1, 0xffffffff));
    }
    PART {
        put("read, count outside");
        deny(fd_read(fd, AT(bad + 1), 1, 0xfffffffe));
    }
    PART {
        put("fdstat outside");
        deny(fd_fdstat_get(fd, 0xfffffff0));
    }
    PART {
        put("filestat outside");
        deny(fd_filestat_get(fd, 0xffffffc8));
    }
    PART {
        put("path_filestat outside");
        deny(path_filestat_get(JAIL, FOLLOW, AT("file.txt"), 8, 0xffffffe0));
    }
    PART {
        put("seek outside");
        deny(fd_seek(fd, 0, 0, 0xfffffffc));
    }
    PART {
        put("tell outside");
        deny(fd_tell(fd, 0xfffffffc));
    }
    PART {
        put("readlink outside");
        deny(path_readlink(JAIL, AT("to-file"), 7, 0xfffffff0, 100, AT(&used)));
    }
    PART {
        put("readlink of 4 GiB");
        note(path_readlink(JAIL, AT("to-file"), 7, AT(loot), 0xffffffff, AT(&used)));
    }
    PART {
        put("readlink, count outside");
        deny(path_readlink(JAIL, AT("to-file"), 7, AT(loot), 100, 0xffffffff));
    }
    PART {
        put("open, descriptor outside");
        deny(path_open(JAIL, FOLLOW, AT("file.txt"), 8, 0, READ, READ, 0, 0xfffffffe));
    }
    PART {
        put("create, descriptor outside");
        deny(path_open(JAIL, FOLLOW, AT("planted"), 7, CREAT, READ | WRITE, 0, 0, 0xfffffffe));
    }
    PART {
        put("args outside");
        deny(args_get(0xfffffffc, AT(loot)));
    }
    PART {
        put("args sizes outside");
        deny(args_sizes_get(0xfffffffe, AT(loot)));
    }
    PART {
        put("environ sizes outside");
        deny(environ_sizes_get(AT(loot), 0xffffffff));
    }
    PART {
        put("clock outside");
        deny(clock_time_get(0, 0, 0xfffffffd));
    }
}

static void paths_outside(void) {
    static const u32 ADDRESSES[] = {0xffffffff, 0xfffffff8, 0x7fffffff, 0x40000000};
    for (int i = 0; i < 4; i++) {
        u32 at = ADDRESSES[i];
        PART {
            put("open");
            deny(path_open(JAIL, FOLLOW, at, 8, 0, READ, READ, 0, AT(&got)));
        }
        PART {
            put("mkdir");
            deny(path_create_directory(JAIL, at, 8));
        }
        PART {
            put("rename");
            deny(path_rename(JAIL, AT("file.txt"), 8, JAIL, at, 8));
        }
        PART {
            put("symlink");
            deny(path_symlink(at, 8, JAIL, AT("new"), 3));
        }
        PART {
            put("link");
            deny(path_link(JAIL, NOFOLLOW, at, 8, JAIL, AT("new"), 3));
        }
    }
    PART {
        put("open a path of 4 GiB");
        deny(path_open(JAIL, FOLLOW, AT("file.txt"), 0xffffffff, 0, READ, READ, 0, AT(&got)));
    }
    PART {
        put("mkdir a path of 2 GiB");
        deny(path_create_directory(JAIL, AT("file.txt"), 0x7fffffff));
    }
    PART {
        put("unlink a path of 4 GiB");
        deny(path_unlink_file(JAIL, AT("file.txt"), 0xfffffff0));
    }
    PART {
        put("open a path of no bytes at the end of the address space");
        deny(path_open(JAIL, FOLLOW, 0xffffffff, 0, 0, READ, READ, 0, AT(&got)));
    }
    PART {
        deny(one("name, outside", JAIL) + fd_prestat_dir_name(JAIL, 0xfffffffe, 4));
    }
    PART {
        note(one("name, 4 GiB", JAIL) + fd_prestat_dir_name(JAIL, AT(loot), 0xffffffff));
    }
    PART {
        deny(one("prestat, outside", JAIL) + fd_prestat_get(JAIL, 0xfffffffc));
    }
    PART {
        put("symlink to 4 GiB");
        deny(path_symlink(AT("file.txt"), 0xffffffff, JAIL, AT("new"), 3));
    }
}

static void buffers_that_overlap(void) {
    // The list of buffers lies in a buffer: what is read changes the list while it is used.
    static iovec list[4] __attribute__((aligned(8)));
    u32 done = 0;
    u32 fd = file(JAIL, "list", CREAT);
    for (int i = 0; i < 4; i++) list[i] = (iovec){0xfffffff0, 0xffffffff};
    iovec from = {AT(list), sizeof list};
    put("write a hostile list");
    allow(fd_write(fd, AT(&from), 1, AT(&done)));
    for (int i = 0; i < 4; i++) list[i] = (iovec){AT(list), 32};
    put("read it over the list");
    note(fd_pread(fd, AT(list), 4, 0, AT(&done)));
    list[0] = (iovec){AT(loot), 16};
    list[1] = (iovec){AT(loot) + 8, 16};
    put("read into overlapping buffers");
    note(fd_pread(fd, AT(list), 2, 0, AT(&done)));
    list[0] = (iovec){AT(&done), 4};
    put("read over the count");
    note(fd_pread(fd, AT(list), 1, 0, AT(&done)));
    list[0] = (iovec){0xffffffff, 0};
    put("read nothing into nowhere");
    note(fd_pread(fd, AT(list), 1, 0, AT(&done)));
    list[0] = (iovec){AT(loot), 0xffff0000};
    list[1] = (iovec){AT(loot), 0xffff0000};
    put("read lengths that wrap");
    deny(fd_pread(fd, AT(list), 2, 0, AT(&done)));
    put("write lengths that wrap");
    deny(fd_pwrite(fd, AT(list), 2, 0, AT(&done)));
}

static void claims_of_4_gib(void) {
    u32 used;
    static u64 in[6];
    PART {
        put("random of 4 GiB");
        deny(random_get(AT(loot), 0xffffffff));
    }
    PART {
        put("random outside");
        deny(random_get(0xffffff00, 4096));
    }
    PART {
        put("random of nothing, outside");
        note(random_get(0xffffffff, 0));
    }
    PART {
        put("poll of 2^32-1");
        deny(poll_oneoff(AT(in), AT(loot), 0xffffffff, AT(&used)));
    }
    PART {
        put("poll of 2^27");
        deny(poll_oneoff(AT(in), AT(loot), 0x08000000, AT(&used)));
    }
    PART {
        put("poll of nothing");
        deny(poll_oneoff(AT(in), AT(loot), 0, AT(&used)));
    }
    PART {
        put("poll outside");
        deny(poll_oneoff(0xffffffc0, AT(loot), 1, AT(&used)));
    }
    PART {
        put("poll, events outside");
        deny(poll_oneoff(AT(in), 0xffffffe0, 1, AT(&used)));
    }
    PART {
        note(readdir(JAIL, 0, 0xfffffff0));
    }
    PART {
        put("readdir outside of memory");
        deny(fd_readdir(JAIL, 0xffffff00, 4096, 0, AT(&used)));
    }
    PART {
        put("readdir, count outside");
        deny(fd_readdir(JAIL, AT(loot), 4096, 0, 0xfffffffd));
    }
    PART {
        put("recv 2^32-1 buffers");
        deny(sock_recv(JAIL, AT(loot), 0xffffffff, 0, AT(&used), AT(&used)));
    }
    PART {
        put("send 2^32-1 buffers");
        deny(sock_send(JAIL, AT(loot), 0xffffffff, 0, AT(&used)));
    }
}

static void sizes(void) {
    u32 fd = file(JAIL, "sized", CREAT);
    u32 done;
    iovec from = {AT("x"), 1};
    deny(set_size(fd, 0xffffffffffffffff));
    deny(set_size(fd, 0x8000000000000000));
    deny(set_size(fd, 0x7fffffffffffffff));
    deny(allocate(fd, 0x7fffffffffffffff, 0x7fffffffffffffff));
    deny(allocate(fd, 0xffffffffffffffff, 1));
    deny(allocate(fd, 1, 0xffffffffffffffff));
    note(allocate(fd, 0, 0));
    put("pwrite at 2^63-1");
    deny(fd_pwrite(fd, AT(&from), 1, 0x7fffffffffffffff, AT(&done)));
    put("pwrite at 2^64-1");
    deny(fd_pwrite(fd, AT(&from), 1, 0xffffffffffffffff, AT(&done)));
    put("pread at 2^63-1");
    note(fd_pread(fd, AT(&from), 1, 0x7fffffffffffffff, AT(&done)));
    put("pread at 2^64-1");
    note(fd_pread(fd, AT(&from), 1, 0xffffffffffffffff, AT(&done)));
    put("seek before the beginning");
    deny(fd_seek(fd, -1, 0, AT(loot)));
    put("seek before it from the end");
    deny(fd_seek(fd, -2, 2, AT(loot)));
    put("seek far");
    note(fd_seek(fd, 0x7fffffffffffffff, 0, AT(loot)));
    deny(write(fd, "x"));
    put("seek over the end of numbers");
    note(fd_seek(fd, 0x7fffffffffffffff, 1, AT(loot)));
    put("advise backwards");
    note(fd_advise(fd, 0xffffffffffffffff, 0xffffffffffffffff, 0));
}

// ---- Names ----

static void names_with_zeros(void) {
    note(open_n(JAIL, FOLLOW, "file.txt\0x", 10, 0, READ, 0));
    deny(open_n(JAIL, FOLLOW, "to-file\0/../../outside/secret.txt", 33, 0, READ, 0));
    deny(open_n(JAIL, FOLLOW, "\0", 1, 0, READ, 0));
    deny(open_n(JAIL, FOLLOW, "file.txt\0", 9, 0, READ, 0));
    deny(open_n(JAIL, FOLLOW, ".\0./outside/secret.txt", 22, 0, READ, 0));
    deny(open_n(JAIL, FOLLOW, "..\0/outside/secret.txt", 22, 0, READ, 0));
    deny(open_n(JAIL, FOLLOW, "planted\0x", 9, CREAT, READ | WRITE, 0));
    put("mkdir");
    deny(path_create_directory(JAIL, AT("new\0x"), 5));
    put("unlink");
    deny(path_unlink_file(JAIL, AT("file.txt\0"), 9));
    put("rename");
    deny(path_rename(JAIL, AT("file.txt"), 8, JAIL, AT("x\0"), 2));
    put("readlink");
    deny(path_readlink(JAIL, AT("to-file\0"), 8, AT(loot), 100, AT(loot + 200)));
    allow(filestat(JAIL, FOLLOW, "file.txt"));
}

static void names_not_utf8(void) {
    deny(open(JAIL, "\xff"));
    deny(open(JAIL, "\xc0\xae\xc0\xae/outside/secret.txt"));
    deny(open(JAIL, "\xe0\x80\xae\xe0\x80\xae/outside/secret.txt"));
    deny(open(JAIL, "..\xc0\xafoutside/secret.txt"));
    deny(open(JAIL, "\xed\xa0\x80"));
    deny(open(JAIL, "\xed\xb0\x80"));
    deny(open(JAIL, "\xf4\x90\x80\x80"));
    deny(open(JAIL, "caf\xc3"));
    deny(open(JAIL, "file.txt\xc0\x80"));
    deny(open_write(JAIL, "\xff\xfe", CREAT));
    deny(mkdir(JAIL, "\x80"));
    deny(mkdir(JAIL, "sub/\xc3/x"));
    deny(rename(JAIL, "file.txt", JAIL, "\xff"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, "\xff"));
    deny(symlink("x", JAIL, "\xff"));
    deny(unlink(JAIL, "\xff"));
    deny(rmdir(JAIL, "\xff"));
    deny(readlink(JAIL, "\xff"));
    deny(filestat(JAIL, FOLLOW, "\xff"));
    deny(set_times(JAIL, FOLLOW, "\xff"));
}

static void names_too_long(void) {
    static char path[1 << 17];
    memset(path, 'n', sizeof path);
    static const u32 LENGTHS[] = {255, 256, 4095, 4096, 65536, 1 << 17};
    for (int i = 0; i < 6; i++) note(open_n(JAIL, FOLLOW, path, LENGTHS[i], CREAT, READ | WRITE, 0));
    // 128 times two bytes: not too many characters, but too many bytes
    for (int i = 0; i < 256; i += 2) memcpy(path + i, "\xc3\xa4", 2);
    note(open_n(JAIL, FOLLOW, path, 254, CREAT, READ | WRITE, 0));
    deny(open_n(JAIL, FOLLOW, path, 256, CREAT, READ | WRITE, 0));
    for (u32 i = 0; i < sizeof path; i += 2) memcpy(path + i, "./", 2);
    memcpy(path + 4000, "file.txt", 8);
    note(open_n(JAIL, FOLLOW, path, 4008, 0, READ, 0));
    for (u32 i = 0; i < sizeof path; i += 2) memcpy(path + i, "./", 2);
    memcpy(path + 5000, "file.txt", 8);
    deny(open_n(JAIL, FOLLOW, path, 5008, 0, READ, 0));
    for (u32 i = 0; i + 7 < sizeof path; i += 7) memcpy(path + i, "sub/../", 7);
    deny(open_n(JAIL, FOLLOW, path, 7 * 1000, 0, READ, 0));
    for (u32 i = 0; i + 3 < sizeof path; i += 3) memcpy(path + i, "../", 3);
    deny(open_n(JAIL, FOLLOW, path, 3 * 1000, 0, READ, 0));
    deny(open_n(JAIL, FOLLOW, path, 3 * 40000, 0, READ, 0));
    memset(path, '/', sizeof path);
    deny(open_n(JAIL, FOLLOW, path, 4000, 0, READ, 0));
    memcpy(path, "sub", 3);
    note(open_n(JAIL, FOLLOW, path, 4000, DIRECTORY, READ, 0));
}

static void names_in_unicode(void) {
    allow(open_write(JAIL, "\xc3\xa4", CREAT));
    deny(open(JAIL, "a\xcc\x88"));
    allow(open_write(JAIL, "a\xcc\x88", CREAT));
    allow(unlink(JAIL, "\xc3\xa4"));
    allow(open(JAIL, "a\xcc\x88"));
    // two full-width dots, two one-dot leaders, and slashes that are none
    deny(open(JAIL, "\xef\xbc\x8e\xef\xbc\x8e/outside/secret.txt"));
    deny(open(JAIL, "\xe2\x80\xa4\xe2\x80\xa4/outside/secret.txt"));
    deny(open(JAIL, "..\xe2\x88\x95outside\xe2\x88\x95secret.txt"));
    deny(open(JAIL, "..\xef\xbc\x8foutside\xef\xbc\x8fsecret.txt"));
    deny(open(JAIL, "\xe2\x80\xa5/outside/secret.txt"));
    allow(mkdir(JAIL, "\xf0\x9f\x98\x80"));
    allow(rmdir(JAIL, "\xf0\x9f\x98\x80"));
    allow(open_write(JAIL, "\xe2\x80\xae" "txt.elif", CREAT));
    deny(open(JAIL, "FILE.TXT"));
    deny(open(JAIL, "\xef\xbb\xbf" "file.txt"));
}

static void names_escaped(void) {
    // Whoever turns names into URIs and back must not find anything in them.
    deny(open(JAIL, "%2e%2e/outside/secret.txt"));
    deny(open(JAIL, "%2e%2e%2foutside%2fsecret.txt"));
    deny(open(JAIL, "..%2foutside%2fsecret.txt"));
    deny(open(JAIL, "\xc3\xa4/%2e%2e/%2e%2e/outside/secret.txt"));
    deny(open(JAIL, "\xc3\xa4%2f..%2f..%2foutside%2fsecret.txt"));
    deny(open_write(JAIL, "..%2fplanted-\xc3\xa4", CREAT | DIRECTORY));
    allow(open_write(JAIL, "\xc3\xa4%2fx", CREAT));
    allow(filestat(JAIL, FOLLOW, "\xc3\xa4%2fx"));
    deny(filestat(JAIL, FOLLOW, "\xc3\xa4/x"));
    allow(mkdir(JAIL, "\xc3\xa4%00"));
    allow(mkdir(JAIL, "\xc3\xa4%2e%2e"));
    allow(mkdir(JAIL, "\xc3\xa4?x#y"));
    allow(mkdir(JAIL, "\xc3\xa4%25"));
    deny(rmdir(JAIL, "\xc3\xa4%"));
    allow(mkdir(JAIL, "\xc3\xa4%"));
    allow(mkdir(JAIL, "\xc3\xa4;a+b c&[d]{e}^`|<>\"'"));
    allow(rmdir(JAIL, "\xc3\xa4%25"));
    allow(rmdir(JAIL, "\xc3\xa4%"));
    allow(rmdir(JAIL, "\xc3\xa4?x#y"));
    deny(open(JAIL, "file:///etc/passwd"));
    deny(open(JAIL, "~/x"));
    deny(open(JAIL, "$HOME"));
    deny(open(JAIL, "*"));
    allow(mkdir(JAIL, "*"));
    allow(mkdir(JAIL, "glob:*"));
    allow(mkdir(JAIL, "new\nline\ttab\x7f"));
}

static void names_of_windows(void) {
    deny(open(JAIL, "..\\outside\\secret.txt"));
    deny(open(JAIL, "sub\\..\\..\\outside\\secret.txt"));
    deny(open(JAIL, "sub\\inner.txt"));
    deny(open(JAIL, "\\"));
    deny(open(JAIL, "\\etc\\passwd"));
    deny(open(JAIL, "C:"));
    deny(open(JAIL, "C:\\"));
    deny(open(JAIL, "C:/"));
    deny(open(JAIL, "\\\\?\\C:\\"));
    deny(open(JAIL, "//server/share"));
    deny(open(JAIL, "file.txt::$DATA"));
    deny(open(JAIL, "CON"));
    deny(open(JAIL, "NUL"));
    allow(open_write(JAIL, "NUL", CREAT));
    allow(open_write(JAIL, "COM1.txt", CREAT));
    allow(open_write(JAIL, "a\\b", CREAT));
    allow(open_write(JAIL, "C:", CREAT));
    allow(open_write(JAIL, "file.txt.", CREAT));
    allow(open_write(JAIL, "file.txt ", CREAT));
    allow(unlink(JAIL, "a\\b"));
}

static void names_empty(void) {
    deny(open(JAIL, ""));
    deny(open_dir(JAIL, ""));
    deny(open_write(JAIL, "", CREAT));
    deny(mkdir(JAIL, ""));
    deny(rmdir(JAIL, ""));
    deny(unlink(JAIL, ""));
    deny(readlink(JAIL, ""));
    deny(symlink("x", JAIL, ""));
    deny(filestat(JAIL, FOLLOW, ""));
    deny(filestat(JAIL, NOFOLLOW, ""));
    deny(set_times(JAIL, FOLLOW, ""));
    deny(rename(JAIL, "", JAIL, "x"));
    deny(hardlink(JAIL, NOFOLLOW, "", JAIL, "x"));
    deny(hardlink(JAIL, NOFOLLOW, "file.txt", JAIL, ""));
}

static void names_of_the_root(void) {
    allow(open_dir(JAIL, "."));
    allow(open_dir(JAIL, "./"));
    allow(open_dir(JAIL, "./."));
    deny(rmdir(JAIL, "."));
    deny(rmdir(JAIL, "./"));
    deny(rmdir(JAIL, "sub/.."));
    deny(rmdir(JAIL, "empty/."));
    deny(unlink(JAIL, "."));
    deny(unlink(JAIL, "./"));
    deny(mkdir(JAIL, "."));
    deny(mkdir(JAIL, "sub/."));
    deny(open_write(JAIL, ".", CREAT));
    deny(open_write(JAIL, ".", CREAT | EXCL));
    deny(open_write(JAIL, ".", TRUNC));
    deny(symlink("x", JAIL, "."));
    allow(filestat(JAIL, FOLLOW, "."));
    allow(set_times(JAIL, FOLLOW, "."));
}

static void names_with_slashes(void) {
    deny(open(JAIL, "file.txt/"));
    deny(open(JAIL, "file.txt//"));
    deny(open(JAIL, "to-file/"));
    deny(open_write(JAIL, "new/", CREAT));
    deny(open_write(JAIL, "new/", CREAT | EXCL));
    deny(unlink(JAIL, "file.txt/"));
    deny(unlink(JAIL, "to-file/"));
    deny(unlink(JAIL, "to-sub/"));
    deny(rmdir(JAIL, "to-sub"));
    deny(rmdir(JAIL, "to-sub/"));
    deny(readlink(JAIL, "to-sub/"));
    note(mkdir(JAIL, "newdir/"));
    note(rmdir(JAIL, "newdir/"));
    deny(symlink("x", JAIL, "newlink/"));
    note(filestat(JAIL, NOFOLLOW, "to-sub/"));
    note(open_n(JAIL, NOFOLLOW, "to-sub/", 7, DIRECTORY, READ, 0));
    deny(open_n(JAIL, NOFOLLOW, "to-sub", 6, DIRECTORY, READ, 0));
    note(rename(JAIL, "sub/", JAIL, "sub2/"));
    note(filestat(JAIL, FOLLOW, "sub2//"));
}

static void deep_folders(void) {
    // Deeper than a path may be long; then back up, and further.
    u32 fd = folder(JAIL, ".");
    u32 failed = 0;
    for (int i = 0; i < 300; i++) {
        u32 next = NONE;
        failed |= path_create_directory(fd, AT("ddddddddddddddd"), 15);
        failed |= path_open(fd, FOLLOW, AT("ddddddddddddddd"), 15, DIRECTORY, ALL, ALL, 0, AT(&next));
        failed |= fd_close(fd);
        fd = next;
    }
    put("300 folders, 4800 bytes deep");
    note(failed);
    deny(open_dir(fd, ".."));
    note(open_write(fd, "file", CREAT));
    note(symlink("../../../../../../outside/secret.txt", fd, "link"));
    deny(open(fd, "link"));
    note(rename(fd, "file", OTHER, "from-the-deep"));
}

// ---- What is neither file nor folder ----

static void special_fifo(void) {
    note(filestat(JAIL, FOLLOW, "fifo"));
    note(open_n(JAIL, FOLLOW, "fifo", 4, 0, READ, NONBLOCK));
    deny(open_n(JAIL, FOLLOW, "fifo", 4, DIRECTORY, READ, NONBLOCK));
    deny(open(JAIL, "fifo/"));
    deny(open(JAIL, "fifo/x"));
    deny(mkdir(JAIL, "fifo"));
    deny(rmdir(JAIL, "fifo"));
    deny(readlink(JAIL, "fifo"));
    deny(open_n(JAIL, FOLLOW, "fifo", 4, CREAT | EXCL, READ | WRITE, NONBLOCK));
    note(hardlink(JAIL, NOFOLLOW, "fifo", JAIL, "fifo2"));
    note(rename(JAIL, "fifo2", JAIL, "fifo3"));
    note(set_times(JAIL, FOLLOW, "fifo3"));
    note(unlink(JAIL, "fifo3"));
}

static void special_socket(void) {
    note(filestat(JAIL, FOLLOW, "socket"));
    deny(open(JAIL, "socket"));
    deny(open_write(JAIL, "socket", 0));
    deny(open_write(JAIL, "socket", TRUNC));
    deny(open_write(JAIL, "socket", CREAT));
    deny(open_dir(JAIL, "socket"));
    deny(readlink(JAIL, "socket"));
    note(rename(JAIL, "socket", JAIL, "socket2"));
    note(unlink(JAIL, "socket2"));
}

static void device_null(void) {
    note(filestat(JAIL, FOLLOW, "dev-null"));
    note(open_write(JAIL, "dev-null", 0));
    u32 fd = got;
    note(write(fd, "x"));
    note(read(fd));
    note(fd_stat(fd));
    note(set_size(fd, 0));
    note(one("seek", fd) + fd_seek(fd, 0, 0, AT(loot)));
    note(open_write(JAIL, "dev-null", TRUNC));
    deny(open_dir(JAIL, "dev-null"));
    note(unlink(JAIL, "dev-null"));
}

static void proc_mounted(void) {
    // The folder is /proc: its links lead out of everything, and some of them do not even by their text.
    deny(open_dir(PROC, "self/cwd"));
    deny(open_dir(PROC, "self/cwd/"));
    deny(open_dir(PROC, "self/cwd/.."));
    deny(open_dir(PROC, "self/root"));
    deny(open(PROC, "self/root/etc/passwd"));
    deny(open(PROC, "thread-self/root/etc/passwd"));
    deny(open(PROC, "self/exe"));
    deny_anyhow(open(PROC, "self/fd/0"));
    deny_anyhow(open(PROC, "self/fd/1"));
    deny_anyhow(open(PROC, "self/fd/2"));
    deny_anyhow(open_dir(PROC, "self/fd/0/.."));
    deny(open(PROC, "1/root/etc/passwd"));
    deny(filestat(PROC, FOLLOW, "self/root"));
    deny(filestat(PROC, FOLLOW, "self/exe"));
    deny(open(PROC, "self/ns/mnt"));
    deny(open_write(PROC, "self/mem", 0));
    deny(open_write(PROC, "self/comm", 0));
    deny(open_write(PROC, "self/oom_score_adj", TRUNC));
    deny(hardlink(PROC, FOLLOW, "self/exe", JAIL, "stolen"));
    deny(mkdir(PROC, "new"));
    deny(open_dir(PROC, "../etc"));
    deny(open_dir(PROC, "self/../.."));
    note(open(PROC, "self/status"));
    note(open(PROC, "version"));
    note(open_dir(PROC, "self"));
    deny(open_dir(got, ".."));
    deny(open(got, "root/etc/passwd"));
    deny(open_dir(got, "cwd"));
}

// ---- The list ----

typedef struct {
    const char *name;
    void (*run)(void);
    u32 parts;
} attack;

#define A(name) {#name, name, 1}
#define PARTS(name, parts) {#name, name, parts}
static const attack ATTACKS[] = {
    A(dots_open), A(dots_alone), A(dots_out_and_back), A(dots_behind_a_file), A(dots_every_call),
    A(dots_every_call_deep), A(dots_from_an_opened_folder), A(dots_create), A(dots_that_are_names),
    A(absolute_open), A(absolute_every_call), A(absolute_inside_every_call),
    A(links_to_a_file_outside), A(links_in_the_middle), A(links_with_slashes), A(links_that_are_absolute),
    A(links_every_call_absolute), A(links_every_call_through_root), A(links_in_chains), A(links_every_call_in_chains),
    A(links_up), A(links_every_call_up), A(links_that_dangle), A(links_replaced), A(links_in_loops),
    A(links_of_many_hops), A(links_into_proc), A(links_followed_by_link), A(links_read),
    A(made_relative), A(made_every_call), A(made_absolute), A(made_chain), A(made_dangling), A(made_loops),
    A(made_odd_texts), A(made_and_moved), A(made_between_preopens), A(made_into_a_folder_that_was_open),
    A(hard_links), A(hard_links_out_of_read_only),
    A(renames_between_preopens), A(renames_of_roots), A(moved_while_open), A(moved_into_itself),
    A(removed_while_open), A(unlinked_while_open), A(replaced_while_open),
    A(read_only_every_change), A(read_only_reopened), A(read_only_renumbered), A(read_only_swapped_by_renumber),
    A(read_only_rights_asked_for), A(read_only_opened_with_all_rights), A(read_only_files),
    A(read_only_folder_of_a_writable_one), A(read_only_parent_of_a_writable_folder), A(read_only_reads),
    A(rights_given_back), A(rights_inherited), A(rights_of_folders),
    A(unknown_rights), A(unknown_rights_of_read_only), A(unknown_rights_set), A(unknown_dirflags), A(unknown_oflags),
    A(unknown_fdflags), A(unknown_fstflags), A(unknown_whence), A(unknown_advice), A(unknown_and_contradicting_fstflags),
    A(descriptors_closed), A(descriptors_that_never_were), A(descriptors_of_minus_one), A(descriptors_negative),
    A(descriptors_huge), A(descriptors_renumbered), A(descriptors_reused), A(descriptors_prestat),
    A(cookies), A(cookies_of_a_changing_folder),
    PARTS(buffers_outside, 27), PARTS(paths_outside, 28), A(buffers_that_overlap), PARTS(claims_of_4_gib, 13), A(sizes),
    A(names_with_zeros), A(names_not_utf8), A(names_too_long), A(names_in_unicode), A(names_escaped),
    A(names_of_windows), A(names_empty), A(names_of_the_root), A(names_with_slashes), A(deep_folders),
    A(special_fifo), A(special_socket), A(device_null), A(proc_mounted),
};

EXPORT("attack_count") u32 attack_count(void) { return sizeof ATTACKS / sizeof *ATTACKS; }
EXPORT("attack_name") u32 attack_name(u32 index) { return AT(ATTACKS[index].name); }
EXPORT("attack_parts") u32 attack_parts(u32 index) { return ATTACKS[index].parts; }
EXPORT("attack_run") void attack_run(u32 index, u32 which) {
    in_top("");
    part = which;
    ATTACKS[index].run();
}
