// A small C program: shows its arguments, environment and input, and ends with the number of input lines.
// Built with: zig cc -target wasm32-wasi -Oz -s -o program.wasm program.c (Zig 0.14.1)
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv) {
  for (int i = 0; i < argc; i++) printf("arg %d: %s\n", i, argv[i]);
  for (char **variable = environ; *variable; variable++) printf("env: %s\n", *variable);
  printf("terminals: %d %d %d\n", isatty(0), isatty(1), isatty(2));
  struct timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  usleep(20000);
  clock_gettime(CLOCK_MONOTONIC, &after);
  long long nanos = (after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec;
  printf("slept: %s\n", nanos >= 20000000 ? "enough" : "too little");
  printf("seek: %s\n", lseek(0, 0, SEEK_CUR) < 0 ? "refused" : "done");
  printf("open: %s\n", fopen("file", "r") == NULL ? "refused" : "done");
  char line[4000];
  int lines = 0;
  while (fgets(line, sizeof line, stdin)) {
    for (char *c = line; *c; c++) *c = toupper(*c);
    fputs(line, lines++ % 2 ? stderr : stdout);
  }
  return lines;
}
