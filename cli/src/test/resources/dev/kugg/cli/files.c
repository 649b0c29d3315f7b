// What a guest finds that is given directories, files, sockets, or the same time in each run.
// Built with: zig cc -target wasm32-wasi -Oz -s -o files.wasm files.c (Zig 0.14.1)
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  return 1;
}

static int copy(FILE *from, FILE *to) {
  int c;
  while ((c = getc(from)) != EOF) putc(c, to);
  return fflush(to);
}

static int cat(const char *path) {
  FILE *file = fopen(path, "r");
  return file ? copy(file, stdout) : fail(path);
}

static int put(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  if (!file) return fail(path);
  fputs(text, file);
  return fclose(file) ? fail(path) : 0;
}

static int list(const char *path) {
  DIR *dir = opendir(path);
  if (!dir) return fail(path);
  for (struct dirent *entry; (entry = readdir(dir));)
    if (entry->d_name[0] != '.') puts(entry->d_name);
  return closedir(dir);
}

static int chance(void) {
  unsigned char bytes[8];
  struct timespec now;
  getentropy(bytes, sizeof bytes);
  clock_gettime(CLOCK_REALTIME, &now);
  for (int i = 0; i < 8; i++) printf("%02x", bytes[i]);
  printf(" %lld.%09ld\n", (long long)now.tv_sec, now.tv_nsec);
  return 0;
}

static int serve(int listener) {
  puts("ready");
  fflush(stdout);
  int connection = accept(listener, NULL, NULL);
  if (connection < 0) return fail("accept");
  return write(connection, "hello\n", 6) == 6 ? 0 : fail("write");
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "echo";
  if (!strcmp(what, "echo")) {
    fputs("to stderr\n", stderr);
    return copy(stdin, stdout);
  }
  if (!strcmp(what, "cat")) return cat(argv[2]);
  if (!strcmp(what, "put")) return put(argv[2], argv[3]);
  if (!strcmp(what, "ls")) return list(argv[2]);
  if (!strcmp(what, "env")) return puts(getenv(argv[2]) ? getenv(argv[2]) : "(none)") < 0;
  if (!strcmp(what, "chance")) return chance();
  if (!strcmp(what, "serve")) return serve(atoi(argv[2]));
  return 9;
}
