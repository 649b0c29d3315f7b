// The log of an attack: a line for each call and its errno. `deny` marks a call that must not succeed.
#pragma once
#include "guest.h"

#define NONE 0xffffffffu

// The descriptors an attack begins with; fixture.txt has the same list.
#define JAIL 3
#define RO 4
#define OTHER 5
#define SUB 6
#define CHILD 7
#define PROC 8

void put(const char *text);
void put_number(u64 number);
void put_fd(u32 fd);
void put_path(const char *path, u32 length);

// Ends the line with the errno.
u32 note(u32 errno);
// The same; a success is an escape.
u32 deny(u32 errno);
// The same, where the errno depends on what the host is run with: it is not told.
u32 deny_anyhow(u32 errno);
// The same; the call is allowed, and to refuse it would be a fault.
u32 allow(u32 errno);
// A line of its own for a condition that must hold.
void check(const char *what, int holds);

// The absolute path of the folder that holds the fixture, with a zero behind it.
extern char top[1024];
const char *in_top(const char *relative);

// Where everything goes that calls hand out: the host looks through the whole memory for its secret afterwards.
extern u8 loot[1 << 16];
extern u32 got;
