// Calls on paths that somebody else changes meanwhile. What is harmless begins with "jail/", names nothing OUTSIDE, and
// does not have 32 bytes, as the secret has: whatever this guest sees of the other kind is counted as an escape. What it
// has changed outside, the host sees.
#include "guest.h"

#define JAIL 3
#define SECRET_SIZE 32

static u8 buffer[4096] __attribute__((aligned(8)));
static const char *prefix;
static u32 succeeded;

static const char *path(const char *name) {
    static char paths[4][256];
    static u32 next;
    char *to = paths[next++ % 4];
    u64 length = strlen(prefix);
    memcpy(to, prefix, length);
    memcpy(to + length, name, strlen(name) + 1);
    return to;
}

static u32 done(u32 errno) {
    if (!errno) succeeded++;
    return errno;
}

static u32 open(const char *name, u32 oflags, u64 rights, u32 *fd) {
    return done(path_open(JAIL, FOLLOW, AT(name), (u32)strlen(name), oflags, rights, rights, 0, AT(fd)));
}

static void create(const char *name) {
    u32 fd;
    if (!open(name, CREAT, WRITE, &fd)) fd_close(fd);
}

static u32 unlink(const char *name) { return done(path_unlink_file(JAIL, AT(name), (u32)strlen(name))); }
static u32 mkdir(const char *name) { return done(path_create_directory(JAIL, AT(name), (u32)strlen(name))); }
static u32 rmdir(const char *name) { return done(path_remove_directory(JAIL, AT(name), (u32)strlen(name))); }

static u32 rename(const char *from, const char *to) {
    return done(path_rename(JAIL, AT(from), (u32)strlen(from), JAIL, AT(to), (u32)strlen(to)));
}

static u32 link(u32 flags, const char *from, const char *to) {
    return done(path_link(JAIL, flags, AT(from), (u32)strlen(from), JAIL, AT(to), (u32)strlen(to)));
}

static u32 is_secret(u32 fd) {
    iovec to = {AT(buffer), sizeof buffer};
    u32 size = 0;
    if (fd_pread(fd, AT(&to), 1, 0, AT(&size)) || size == 0) return 0;
    return size == SECRET_SIZE || memcmp(buffer, "jail/", 5) != 0;
}

static u32 read_file(void) {
    u32 fd, escaped = 0;
    if (!open(path("secret.txt"), 0, READ, &fd)) {
        escaped = is_secret(fd);
        fd_close(fd);
    }
    return escaped;
}

static u32 create_file(void) {
    create(path("planted"));
    unlink(path("planted"));
    return 0;
}

static u32 truncate_file(void) {
    u32 fd;
    if (!open(path("secret.txt"), TRUNC, WRITE, &fd)) fd_close(fd);
    return 0;
}

static u32 make_folder(void) {
    mkdir(path("planted"));
    rmdir(path("planted"));
    return 0;
}

static u32 remove_folder(void) {
    rmdir(path("empty"));
    mkdir(path("empty"));
    return 0;
}

static u32 remove_file(void) {
    unlink(path("victim"));
    create("spare");
    rename("spare", path("victim"));
    return 0;
}

static u32 rename_from(void) {
    u32 fd, escaped = 0;
    if (!rename(path("secret.txt"), "stolen") && !open("stolen", 0, READ, &fd)) {
        escaped = is_secret(fd);
        fd_close(fd);
    }
    rename("stolen", path("secret.txt"));
    return escaped;
}

static u32 rename_to(void) {
    create("mine");
    rename("mine", path("secret.txt"));
    return 0;
}

static u32 link_from(void) {
    u32 fd, escaped = 0;
    if (!link(NOFOLLOW, path("secret.txt"), "stolen") && !open("stolen", 0, READ, &fd)) {
        escaped = is_secret(fd);
        fd_close(fd);
    }
    unlink("stolen");
    return escaped;
}

static u32 link_followed(void) {
    u32 fd, escaped = 0;
    if (!link(FOLLOW, path("secret.txt"), "stolen") && !open("stolen", 0, READ, &fd)) {
        escaped = is_secret(fd);
        fd_close(fd);
    }
    unlink("stolen");
    return escaped;
}

static u32 link_to(void) {
    link(NOFOLLOW, "file.txt", path("planted"));
    unlink(path("planted"));
    return 0;
}

static u32 make_link(void) {
    const char *name = path("planted");
    done(path_symlink(AT("x"), 1, JAIL, AT(name), (u32)strlen(name)));
    unlink(path("planted"));
    return 0;
}

static u32 read_link(void) {
    const char *name = path("link");
    u32 used;
    return !done(path_readlink(JAIL, AT(name), (u32)strlen(name), AT(buffer), sizeof buffer, AT(&used))) && used >= 7 &&
           !memcmp(buffer, "OUTSIDE", 7);
}

static u32 stat_file(void) {
    static u64 stat[8];
    const char *name = path("secret.txt");
    return !done(path_filestat_get(JAIL, FOLLOW, AT(name), (u32)strlen(name), AT(stat))) && stat[4] == SECRET_SIZE;
}

static u32 set_times(void) {
    const char *name = path("secret.txt");
    done(path_filestat_set_times(JAIL, FOLLOW, AT(name), (u32)strlen(name), 1000, 2000, ATIM | MTIM));
    return 0;
}

static u32 set_times_of_folder(void) {
    const char *name = path(".");
    done(path_filestat_set_times(JAIL, FOLLOW, AT(name), (u32)strlen(name), 1000, 2000, ATIM | MTIM));
    return 0;
}

static u32 list(void) {
    u32 fd, used = 0, escaped = 0;
    if (!open(path("."), DIRECTORY, FOLDER, &fd)) {
        if (!fd_readdir(fd, AT(buffer), sizeof buffer, 0, AT(&used))) {
            for (u32 i = 0; i + 7 <= used; i++) escaped |= !memcmp(buffer + i, "OUTSIDE", 7);
        }
        fd_close(fd);
    }
    return escaped;
}

// Opens the folder first, and goes on from there.
static u32 open_in_two_steps(void) {
    u32 folder, fd, escaped = 0;
    if (!open(path("."), DIRECTORY, FOLDER, &folder)) {
        if (!done(path_open(folder, FOLLOW, AT("secret.txt"), 10, 0, READ, READ, 0, AT(&fd)))) {
            escaped = is_secret(fd);
            fd_close(fd);
        }
        fd_close(folder);
    }
    return escaped;
}

static u32 go_down_and_up(void) {
    u32 fd, escaped = 0;
    if (!open(path("deep/../secret.txt"), 0, READ, &fd)) {
        escaped = is_secret(fd);
        fd_close(fd);
    }
    return escaped;
}

static u32 (*const KINDS[])(void) = {
    read_file, create_file, truncate_file, make_folder, remove_folder, remove_file, rename_from, rename_to,
    link_from, link_followed, link_to, make_link, read_link, stat_file, set_times, set_times_of_folder, list,
    open_in_two_steps, go_down_and_up};
static const char *const NAMES[] = {
    "read a file", "create a file", "empty a file", "make a folder", "remove a folder", "remove a file", "rename from",
    "rename to", "link from", "link from, followed", "link to", "make a link", "read a link", "stat", "set times",
    "set times of a folder", "list", "open in two steps", "go down and up"};
// The folder that gives way to a link; the same through a link that stays; the file that does, standing alone; the folder
// whose parent is moved away; a folder opened within that one.
static const char *const PREFIXES[] = {"swap/", "here/swap/./", "files/", "moving/sub/../../", "moving/sub/"};

EXPORT("kinds") u32 kinds(void) { return sizeof KINDS / sizeof *KINDS; }
EXPORT("kind_name") u32 kind_name(u32 kind) { return AT(NAMES[kind]); }
EXPORT("succeeded_count") u32 succeeded_count(void) { return succeeded; }

EXPORT("race") u32 race(u32 kind, u32 where, u32 count) {
    u32 escapes = 0;
    prefix = PREFIXES[where];
    for (u32 i = 0; i < count; i++) escapes += KINDS[kind]();
    return escapes;
}

// The same tricks as the host's, played by a guest: a folder and a link change places.
EXPORT("swap") void swap(u32 count) {
    for (u32 i = 0; i < count; i++) {
        rename("swap", "aside");
        rename("swap-link", "swap");
        rename("swap", "swap-link");
        rename("aside", "swap");
    }
}
