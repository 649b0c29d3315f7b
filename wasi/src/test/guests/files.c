// Calls every function on descriptors with good and bad arguments and checks what comes back. Descriptor 3 is an empty
// folder that may be changed. Says which checks failed and ends with 1, or with 0. With an argument "no-faults" it leaves
// out what wasmtime ends a program for: addresses outside its memory, and numbers that mean nothing.
// Built by wasi/src/test/guests/build.
#include "preview1.h"

enum {
  SUCCESS = 0,
  BADF = 8,
  FAULT = 21,
  FBIG = 22,
  INVAL = 28,
  ISDIR = 31,
  NAMETOOLONG = 37,
  NOTCAPABLE = 76,
  NOTDIR = 54,
  NOTSOCK = 57,
  SPIPE = 70
};

static u32 failures;
static u32 written;
static int faults = 1;

static u32 length(const char *s) {
  u32 n = 0;
  while (s[n]) n++;
  return n;
}

static void say(const char *s) { fd_write(2, &(iovec){s, length(s)}, 1, &written); }

static void say_number(u64 n) {
  char digits[21];
  char *at = digits + 20;
  *at = 0;
  do *--at = '0' + n % 10;
  while (n /= 10);
  say(at);
}

static void check(int line, const char *text, u64 got, u64 expected) {
  if (got == expected) return;
  failures++;
  say("files.c:");
  say_number(line);
  say(": ");
  say(text);
  say(" is ");
  say_number(got);
  say(", not ");
  say_number(expected);
  say("\n");
}

#define CHECK(expression, expected) check(__LINE__, #expression, expression, expected)
#define OK(expression) CHECK(expression, SUCCESS)

// A name and its length.
#define S(s) s, sizeof(s) - 1

#define OUTSIDE ((void *)0xfffffff0)
#define ALL (~0ull)

typedef struct {
  u64 device, inode;
  u8 type;
  u64 links, size, access, modify, change;
} filestat;

typedef struct {
  u8 type;
  u16 flags;
  u64 rights, inheriting;
} fdstat;

typedef struct {
  u64 next, inode;
  u32 length;
  u8 type;
} dirent;

_Static_assert(sizeof(filestat) == 64 && sizeof(fdstat) == 24 && sizeof(dirent) == 24, "as specified");

static char buffer[70000];
static u32 size;
static u64 position;
static filestat stat;
static fdstat state;

static u32 open(const char *name, u32 oflags, u64 rights, u32 fdflags) {
  u32 fd = -1;
  OK(path_open(3, 0, name, length(name), oflags, rights, 0, fdflags, &fd));
  return fd;
}

static int put(u32 fd, const char *s) { return fd_write(fd, &(iovec){s, length(s)}, 1, &size); }

static int get(u32 fd, u32 count) { return fd_read(fd, &(iovec){buffer, count}, 1, &size); }

static u64 where(u32 fd) {
  position = ALL;
  OK(fd_tell(fd, &position));
  return position;
}

static u64 size_of(u32 fd) {
  OK(fd_filestat_get(fd, &stat));
  return stat.size;
}

static int text_is(const char *expected) {
  for (u32 i = 0; i < length(expected); i++)
    if (buffer[i] != expected[i]) return 0;
  return size == length(expected);
}

static void reading_and_writing(void) {
  u32 fd = open("data", CREAT | EXCL, READ | WRITE, 0);
  CHECK(fd, 4);
  OK(put(fd, "0123456789"));
  CHECK(size, 10);
  CHECK(where(fd), 10);
  OK(get(fd, 5));
  CHECK(size, 0);
  OK(fd_seek(fd, 2, SET, &position));
  CHECK(position, 2);
  OK(get(fd, 3));
  CHECK(text_is("234"), 1);
  CHECK(where(fd), 5);
  OK(get(fd, 100));
  CHECK(text_is("56789"), 1);

  // Without and with nothing to do.
  OK(fd_read(fd, 0, 0, &size));
  CHECK(size, 0);
  OK(fd_write(fd, 0, 0, &size));
  CHECK(size, 0);
  CHECK(where(fd), 10);

  OK(fd_pread(fd, &(iovec){buffer, 4}, 1, 3, &size));
  CHECK(text_is("3456"), 1);
  OK(fd_pwrite(fd, &(iovec){"ab", 2}, 1, 3, &size));
  CHECK(size, 2);
  CHECK(where(fd), 10);
  OK(fd_pread(fd, &(iovec){buffer, 4}, 1, 2, &size));
  CHECK(text_is("2ab5"), 1);
  OK(fd_pread(fd, &(iovec){buffer, 4}, 1, 100, &size));
  CHECK(size, 0);
  OK(fd_pread(fd, &(iovec){buffer, 4}, 1, 0x7fffffffffffffff, &size));
  CHECK(size, 0);
  CHECK(fd_pread(fd, &(iovec){buffer, 4}, 1, ALL, &size), INVAL);
  CHECK(fd_pwrite(fd, &(iovec){buffer, 4}, 1, ALL, &size), INVAL);
  CHECK(fd_pwrite(fd, &(iovec){buffer, 4}, 1, 0x7fffffffffffffff, &size), FBIG);

  // A hole is full of zeros.
  OK(fd_pwrite(fd, &(iovec){"z", 1}, 1, 15, &size));
  CHECK(size_of(fd), 16);
  OK(fd_pread(fd, &(iovec){buffer, 9}, 1, 9, &size));
  CHECK(size, 7);
  CHECK(buffer[0], '9');
  CHECK(buffer[1] | buffer[5], 0);
  CHECK(buffer[6], 'z');
  OK(fd_close(fd));
  CHECK(fd_close(fd), BADF);
  CHECK(put(fd, "x"), BADF);
}

static void bad_lists(u32 fd, const iovec *parts, const iovec *places) {
  iovec bad[2] = {{buffer, 4}, {OUTSIDE, 100}};
  OK(fd_seek(fd, 0, SET, &position));
  CHECK(fd_read(fd, bad, 2, &size), FAULT);
  CHECK(fd_write(fd, bad, 2, &size), FAULT);
  CHECK(fd_pread(fd, bad, 2, 0, &size), FAULT);
  CHECK(fd_pwrite(fd, bad, 2, 0, &size), FAULT);
  CHECK(fd_read(fd, places, 3, OUTSIDE), FAULT);
  CHECK(fd_write(fd, parts, 4, OUTSIDE), FAULT);
  CHECK(fd_read(fd, OUTSIDE, 100, &size), FAULT);
  CHECK(fd_write(fd, parts, 0xffffffff, &size), FAULT);
  CHECK(where(fd), 0);
  CHECK(size_of(fd), 13);
}

static void lists_of_buffers(void) {
  u32 fd = open("lists", CREAT, READ | WRITE, 0);
  iovec parts[4] = {{"one ", 4}, {0, 0}, {"two ", 4}, {"three", 5}};
  OK(fd_pwrite(fd, parts, 4, 0, &size));
  CHECK(size, 13);
  iovec places[3] = {{buffer + 3, 0}, {buffer, 4}, {buffer + 4, 100}};
  OK(fd_read(fd, places, 3, &size));
  CHECK(text_is("one two three"), 1);
  if (faults) bad_lists(fd, parts, places);
  OK(fd_close(fd));
}

static void large_pieces(void) {
  u32 fd = open("large", CREAT, READ | WRITE, 0);
  for (u32 i = 0; i < sizeof buffer; i++) buffer[i] = i % 251;
  OK(fd_write(fd, &(iovec){buffer, sizeof buffer}, 1, &size));
  CHECK(size, sizeof buffer);
  for (u32 i = 0; i < sizeof buffer; i++) buffer[i] = 0;
  OK(fd_pread(fd, &(iovec){buffer, sizeof buffer}, 1, 0, &size));
  CHECK(size, sizeof buffer);
  u32 wrong = 0;
  for (u32 i = 0; i < sizeof buffer; i++) wrong += (u8)buffer[i] != i % 251;
  CHECK(wrong, 0);
  OK(fd_close(fd));
}

static void positions(void) {
  u32 fd = open("data", 0, READ, 0);
  OK(fd_seek(fd, -1, END, &position));
  CHECK(position, 15);
  OK(fd_seek(fd, -5, CUR, &position));
  CHECK(position, 10);
  CHECK(fd_seek(fd, -11, CUR, &position), INVAL);
  CHECK(fd_seek(fd, -17, END, &position), INVAL);
  CHECK(fd_seek(fd, -1, SET, &position), INVAL);
  CHECK(where(fd), 10);
  OK(fd_seek(fd, 1000, SET, &position));
  CHECK(position, 1000);
  OK(get(fd, 10));
  CHECK(size, 0);
  OK(fd_seek(fd, 0, CUR, &position));
  CHECK(position, 1000);
  OK(fd_seek(fd, 0x7fffffffffffffff, SET, &position));
  CHECK(fd_seek(fd, 1, CUR, &position), INVAL);
  OK(get(fd, 10));
  CHECK(size, 0);
  if (faults) {
    OK(fd_seek(fd, 3, SET, &position));
    CHECK(fd_seek(fd, 0, 3, &position), INVAL);
    CHECK(fd_seek(fd, 9, SET, OUTSIDE), FAULT);
    CHECK(fd_tell(fd, OUTSIDE), FAULT);
    CHECK(where(fd), 3);
  }
  OK(fd_close(fd));
  CHECK(fd_seek(fd, 0, SET, &position), BADF);
  CHECK(fd_tell(fd, &position), BADF);
  CHECK(fd_seek(0, 0, SET, &position), SPIPE);
  CHECK(fd_tell(1, &position), SPIPE);
  CHECK(fd_seek(3, 0, SET, &position), BADF);
  CHECK(fd_tell(3, &position), BADF);
}

static void access_modes(void) {
  u32 in = open("data", 0, READ, 0);
  CHECK(put(in, "x"), BADF);
  CHECK(fd_pwrite(in, &(iovec){"x", 1}, 1, 0, &size), BADF);
  CHECK(fd_filestat_set_size(in, 1), INVAL);
  CHECK(fd_allocate(in, 0, 100), BADF);
  OK(get(in, 1));
  u32 out = open("data", 0, WRITE, 0);
  CHECK(get(out, 1), BADF);
  CHECK(fd_pread(out, &(iovec){buffer, 1}, 1, 0, &size), BADF);
  OK(put(out, "0"));
  OK(fd_fdstat_get(in, &state));
  CHECK(state.rights & (READ | WRITE), READ);
  OK(fd_fdstat_get(out, &state));
  CHECK(state.rights & (READ | WRITE), WRITE);
  // Who asks for neither reads.
  u32 none = open("data", 0, 0, 0);
  OK(get(none, 1));
  CHECK(put(none, "x"), BADF);
  OK(fd_close(in));
  OK(fd_close(out));
  OK(fd_close(none));
}

static void appending(void) {
  u32 fd = open("append", CREAT, READ | WRITE, APPEND);
  OK(put(fd, "one"));
  OK(fd_seek(fd, 0, SET, &position));
  OK(put(fd, "two"));
  CHECK(where(fd), 6);
  u32 other = open("append", 0, WRITE, APPEND);
  OK(put(other, "three"));
  OK(put(fd, "four"));
  OK(fd_pread(fd, &(iovec){buffer, 100}, 1, 0, &size));
  CHECK(text_is("onetwothreefour"), 1);
  OK(fd_fdstat_get(fd, &state));
  CHECK(state.flags, APPEND);
  OK(fd_fdstat_set_flags(fd, 0));
  OK(fd_seek(fd, 0, SET, &position));
  OK(put(fd, "ONE"));
  CHECK(where(fd), 3);
  OK(fd_fdstat_set_flags(fd, APPEND));
  OK(put(fd, "!"));
  CHECK(size_of(fd), 16);
  CHECK(fd_fdstat_set_flags(99, 0), BADF);
  if (faults) CHECK(fd_fdstat_set_flags(fd, 32), INVAL);
  OK(fd_close(fd));
  OK(fd_close(other));
}

static void sizes(void) {
  u32 fd = open("sizes", CREAT, READ | WRITE, 0);
  OK(put(fd, "0123456789"));
  OK(fd_filestat_set_size(fd, 4));
  CHECK(size_of(fd), 4);
  OK(fd_filestat_set_size(fd, 8));
  OK(fd_pread(fd, &(iovec){buffer, 100}, 1, 0, &size));
  CHECK(size, 8);
  CHECK(buffer[3], '3');
  CHECK(buffer[4] | buffer[7], 0);
  CHECK(fd_filestat_set_size(fd, ALL), INVAL);
  CHECK(where(fd), 10);
  OK(fd_allocate(fd, 0, 4));
  CHECK(size_of(fd), 8);
  OK(fd_allocate(fd, 10, 10));
  CHECK(size_of(fd), 20);
  CHECK(fd_allocate(fd, 0, 0), INVAL);
  CHECK(fd_allocate(fd, ALL, 1), INVAL);
  CHECK(fd_allocate(fd, 1, 0x7fffffffffffffff), FBIG);
  OK(fd_advise(fd, 0, 0, 0));
  OK(fd_advise(fd, 5, 10, 5));
  CHECK(fd_advise(fd, 0, ALL, 0), INVAL);
  if (faults) CHECK(fd_advise(fd, 0, 1, 6), INVAL);
  CHECK(size_of(fd), 20);
  OK(fd_sync(fd));
  OK(fd_datasync(fd));
  OK(fd_close(fd));
  CHECK(fd_sync(fd), BADF);
  CHECK(fd_datasync(fd), BADF);
  CHECK(fd_advise(fd, 0, 1, 0), BADF);
  CHECK(fd_allocate(fd, 0, 1), BADF);
  CHECK(fd_filestat_set_size(fd, 0), BADF);
}

static void synchronous(void) {
  u32 fd = open("sync", CREAT, WRITE, SYNC | DSYNC | RSYNC | NONBLOCK);
  OK(put(fd, "text"));
  OK(fd_fdstat_get(fd, &state));
  CHECK(state.flags & SYNC, SYNC);
  CHECK(state.flags & NONBLOCK, NONBLOCK);
  OK(fd_close(fd));
}

static void what_is_known(void) {
  u32 fd = open("data", 0, READ | WRITE, 0);
  OK(fd_filestat_get(fd, &stat));
  CHECK(stat.type, 4);
  CHECK(stat.links, 1);
  CHECK(stat.size, 16);
  CHECK(stat.inode != 0, 1);
  CHECK(stat.modify > 1600000000000000000, 1);
  filestat before = stat;

  OK(fd_filestat_set_times(fd, 1111111111000000000, 1222222222333444555, ATIM | MTIM));
  OK(fd_filestat_get(fd, &stat));
  CHECK(stat.access, 1111111111000000000);
  CHECK(stat.modify, 1222222222333444555);
  CHECK(stat.inode, before.inode);
  OK(fd_filestat_set_times(fd, 5, 1333333333000000000, MTIM));
  OK(fd_filestat_get(fd, &stat));
  CHECK(stat.access, 1111111111000000000);
  CHECK(stat.modify, 1333333333000000000);
  OK(fd_filestat_set_times(fd, 5, 5, ATIM_NOW));
  OK(fd_filestat_get(fd, &stat));
  CHECK(stat.access > 1600000000000000000, 1);
  CHECK(stat.modify, 1333333333000000000);
  OK(fd_filestat_set_times(fd, 5, 5, 0));
  CHECK(fd_filestat_set_times(fd, 5, 5, ATIM | ATIM_NOW), INVAL);
  CHECK(fd_filestat_set_times(fd, 5, 5, MTIM | MTIM_NOW), INVAL);
  if (faults) {
    CHECK(fd_filestat_set_times(fd, 5, 5, 16), INVAL);
    CHECK(fd_filestat_get(fd, OUTSIDE), FAULT);
    CHECK(fd_fdstat_get(fd, OUTSIDE), FAULT);
  }
  OK(fd_fdstat_get(fd, &state));
  CHECK(state.type, 4);
  CHECK(state.flags, 0);
  OK(fd_close(fd));
  CHECK(fd_filestat_get(fd, &stat), BADF);
  CHECK(fd_fdstat_get(fd, &state), BADF);
  CHECK(fd_filestat_set_times(fd, 5, 5, 0), BADF);

  OK(fd_filestat_get(3, &stat));
  CHECK(stat.type, 3);
  OK(fd_fdstat_get(3, &state));
  CHECK(state.type, 3);
  CHECK(state.rights & (READ | WRITE), 0);
  CHECK(state.inheriting & (READ | WRITE), READ | WRITE);
  OK(fd_filestat_set_times(3, 1111111111000000000, 1222222222000000000, ATIM | MTIM));
  OK(fd_filestat_get(3, &stat));
  CHECK(stat.modify, 1222222222000000000);
}

static void without_a_name(void) {
  u32 fd = open("gone", CREAT, READ | WRITE, 0);
  OK(put(fd, "still"));
  OK(path_unlink_file(3, S("gone")));
  CHECK(size_of(fd), 5);
  CHECK(stat.links, 0);
  OK(put(fd, " here"));
  OK(fd_pread(fd, &(iovec){buffer, 100}, 1, 0, &size));
  CHECK(text_is("still here"), 1);
  OK(fd_filestat_set_size(fd, 3));
  OK(fd_filestat_set_times(fd, 0, 1222222222000000000, MTIM));
  OK(fd_close(fd));
}

static void rights(void) {
  u32 fd = open("data", 0, READ | WRITE, 0);
  OK(fd_fdstat_get(fd, &state));
  u64 seek = 4, tell = 32, all = state.rights;
  OK(fd_fdstat_set_rights(fd, all, state.inheriting));
  OK(fd_fdstat_set_rights(fd, all & ~(WRITE | seek), 0));
  CHECK(put(fd, "x"), NOTCAPABLE);
  CHECK(fd_seek(fd, 1, SET, &position), NOTCAPABLE);
  OK(fd_seek(fd, 0, CUR, &position));
  OK(get(fd, 1));
  OK(fd_fdstat_get(fd, &state));
  CHECK(state.rights, all & ~(WRITE | seek));
  CHECK(fd_fdstat_set_rights(fd, all, 0), NOTCAPABLE);
  if (faults) CHECK(fd_fdstat_set_rights(fd, ALL, 0), NOTCAPABLE);
  OK(fd_fdstat_set_rights(fd, 0, 0));
  CHECK(get(fd, 1), NOTCAPABLE);
  CHECK(fd_tell(fd, &position), NOTCAPABLE);
  CHECK(fd_filestat_get(fd, &stat), NOTCAPABLE);
  CHECK(fd_sync(fd), NOTCAPABLE);
  CHECK(fd_fdstat_set_rights(fd, tell, 0), NOTCAPABLE);
  OK(fd_close(fd));
  CHECK(fd_fdstat_set_rights(fd, 0, 0), BADF);

  // What a folder no longer hands on, nothing that is opened through it has.
  u32 folder = open(".", DIRECTORY, 0, 0);
  OK(fd_fdstat_get(folder, &state));
  OK(fd_fdstat_set_rights(folder, state.rights, state.inheriting & ~(u64)WRITE));
  CHECK(path_open(folder, 0, S("data"), 0, WRITE, 0, 0, &fd), NOTCAPABLE);
  OK(path_open(folder, 0, S("data"), 0, READ, 0, 0, &fd));
  CHECK(put(fd, "x"), BADF);
  OK(fd_close(fd));
  OK(path_open(folder, 0, S("."), DIRECTORY, 0, ALL >> 34, 0, &fd));
  u32 below;
  CHECK(path_open(fd, 0, S("data"), 0, WRITE, 0, 0, &below), NOTCAPABLE);
  OK(fd_close(fd));
  OK(fd_close(folder));
}

static void numbers(void) {
  u32 a = open("a", CREAT, READ | WRITE, 0);
  u32 b = open("b", CREAT, READ | WRITE, 0);
  CHECK(a, 4);
  CHECK(b, 5);
  OK(put(a, "a"));
  OK(put(b, "bb"));
  OK(fd_renumber(a, b));
  CHECK(fd_close(a), BADF);
  CHECK(size_of(b), 1);
  CHECK(where(b), 1);
  CHECK(fd_renumber(b, a), BADF);
  CHECK(fd_renumber(a, b), BADF);
  CHECK(fd_renumber(b, 0xffffffff), BADF);
  OK(fd_renumber(b, b));
  CHECK(size_of(b), 1);
  CHECK(open("c", CREAT, READ, 0), 4);
  OK(fd_close(4));
  OK(fd_close(b));
  // The lowest free one is given first.
  CHECK(open("c", 0, READ, 0), 4);
  CHECK(open("c", 0, READ, 0), 5);
  CHECK(open("c", 0, READ, 0), 6);
  OK(fd_close(4));
  OK(fd_close(5));
  CHECK(open("c", 0, READ, 0), 4);
  OK(fd_close(4));
  OK(fd_close(6));
}

static void given_folders(void) {
  struct {
    u8 kind;
    u32 length;
  } prestat = {9, 9};
  OK(fd_prestat_get(3, &prestat));
  CHECK(prestat.kind, 0);
  CHECK(prestat.length, 5);
  OK(fd_prestat_dir_name(3, buffer, 5));
  size = 5;
  CHECK(text_is("/data"), 1);
  OK(fd_prestat_dir_name(3, buffer, 6));
  CHECK(fd_prestat_dir_name(3, buffer, 4), NAMETOOLONG);
  CHECK(fd_prestat_get(4, &prestat), BADF);
  CHECK(fd_prestat_dir_name(4, buffer, 5), BADF);
  CHECK(fd_prestat_get(0, &prestat), BADF);
  CHECK(fd_prestat_dir_name(0, buffer, 5), NOTDIR);
  u32 folder = open(".", DIRECTORY, 0, 0);
  CHECK(fd_prestat_get(folder, &prestat), BADF);
  CHECK(fd_prestat_dir_name(folder, buffer, 5), NOTDIR);
  OK(fd_close(folder));
  if (!faults) return;
  CHECK(fd_prestat_get(3, OUTSIDE), FAULT);
  CHECK(fd_prestat_dir_name(3, (char *)OUTSIDE + 12, 5), FAULT);
}

// How many entries there are, read through a buffer of so many bytes; each name but the dots is one letter and digits.
static u32 entries(u32 fd, u32 room, u32 *letters) {
  u64 cookie = 0;
  u32 count = 0;
  *letters = 0;
  for (;;) {
    OK(fd_readdir(fd, buffer, room, cookie, &size));
    u32 at = 0;
    while (at + sizeof(dirent) <= size) {
      dirent *entry = (dirent *)(buffer + at);
      dirent copy;
      for (u32 i = 0; i < sizeof copy; i++) ((char *)&copy)[i] = ((char *)entry)[i];
      if (at + sizeof copy + copy.length > size) break;
      *letters += copy.length;
      at += sizeof copy + copy.length;
      cookie = copy.next;
      count++;
    }
    if (size < room) return count;
    // Nothing fitted, and nothing ever will.
    if (at == 0) return 0;
  }
}

static void reading_folders(void) {
  u32 letters;
  OK(path_create_directory(3, S("many")));
  u32 folder = open("many", DIRECTORY, 0, 0);
  CHECK(entries(folder, 4096, &letters), 2);
  CHECK(letters, 3);
  char name[] = "f00";
  for (u32 i = 0; i < 50; i++) {
    name[1] = '0' + i / 10, name[2] = '0' + i % 10;
    u32 fd;
    OK(path_open(folder, 0, S(name), CREAT, WRITE, 0, 0, &fd));
    OK(fd_close(fd));
  }
  CHECK(entries(folder, 65536, &letters), 52);
  CHECK(letters, 153);
  CHECK(entries(folder, 27, &letters), 52);
  CHECK(entries(folder, 40, &letters), 52);
  CHECK(entries(folder, 300, &letters), 52);
  OK(fd_readdir(folder, buffer, 10, 0, &size));
  CHECK(size, 10);
  OK(fd_readdir(folder, buffer, 25, 0, &size));
  CHECK(size, 25);
  CHECK(buffer[24], '.');
  OK(fd_readdir(folder, buffer, 0, 0, &size));
  CHECK(size, 0);
  OK(fd_readdir(folder, buffer, 100, 52, &size));
  CHECK(size, 0);
  OK(fd_readdir(folder, buffer, 100, 0x7fffffffffffffff, &size));
  CHECK(size, 0);

  // All are removed while they are read, and none is missed.
  u64 cookie = 0;
  u32 removed = 0;
  do {
    OK(fd_readdir(folder, buffer, 200, cookie, &size));
    u32 end = size;
    for (u32 at = 0; at + 24 <= end;) {
      u32 name_length = *(u32 *)__builtin_memcpy(&letters, buffer + at + 16, 4);
      if (at + 24 + name_length > end) break;
      __builtin_memcpy(&cookie, buffer + at, 8);
      if (buffer[at + 24] == 'f') {
        OK(path_unlink_file(folder, buffer + at + 24, name_length));
        removed++;
      }
      at += 24 + name_length;
    }
  } while (size == 200);
  CHECK(removed, 50);
  CHECK(entries(folder, 4096, &letters), 2);
  OK(path_remove_directory(3, S("many")));
  OK(fd_filestat_get(folder, &stat));
  OK(fd_close(folder));
  CHECK(fd_readdir(folder, buffer, 100, 0, &size), BADF);
  CHECK(fd_readdir(0, buffer, 100, 0, &size), NOTDIR);
  if (!faults) return;
  CHECK(fd_readdir(3, OUTSIDE, 100, 0, &size), FAULT);
  CHECK(fd_readdir(3, buffer, 100, 0, OUTSIDE), FAULT);
}

static void folders_are_no_files(void) {
  iovec four = {buffer, 4};
  CHECK(fd_read(3, &four, 1, &size), ISDIR);
  CHECK(fd_pread(3, &four, 1, 0, &size), ISDIR);
  CHECK(fd_write(3, &four, 1, &size), BADF);
  CHECK(fd_pwrite(3, &four, 1, 0, &size), BADF);
  CHECK(fd_allocate(3, 0, 1), BADF);
  CHECK(fd_advise(3, 0, 1, 0), BADF);
  CHECK(fd_filestat_set_size(3, 0), INVAL);
  OK(fd_sync(3));
  OK(fd_datasync(3));
  CHECK(sock_shutdown(3, 1), NOTSOCK);
}

void _start(void) {
  u32 count;
  char *args[4];
  OK(args_sizes_get(&count, &size));
  OK(args_get(args, buffer));
  if (count > 1 && args[1][0] == 'n') faults = 0;
  reading_and_writing();
  lists_of_buffers();
  large_pieces();
  positions();
  access_modes();
  appending();
  sizes();
  synchronous();
  what_is_known();
  without_a_name();
  rights();
  numbers();
  given_folders();
  reading_folders();
  folders_are_no_files();
  proc_exit(failures ? 1 : 0);
}
