#include "log.h"

static char text[1 << 18];
static u32 length;
char top[1024];
u8 loot[1 << 16] __attribute__((aligned(16)));
u32 got = NONE;

static const char *const ERRNOS[] = {
    "success", "2big", "acces", "addrinuse", "addrnotavail", "afnosupport", "again", "already", "badf", "badmsg",
    "busy", "canceled", "child", "connaborted", "connrefused", "connreset", "deadlk", "destaddrreq", "dom", "dquot",
    "exist", "fault", "fbig", "hostunreach", "idrm", "ilseq", "inprogress", "intr", "inval", "io", "isconn", "isdir",
    "loop", "mfile", "mlink", "msgsize", "multihop", "nametoolong", "netdown", "netreset", "netunreach", "nfile",
    "nobufs", "nodev", "noent", "noexec", "nolck", "nolink", "nomem", "nomsg", "noprotoopt", "nospc", "nosys",
    "notconn", "notdir", "notempty", "notrecoverable", "notsock", "notsup", "notty", "nxio", "overflow", "ownerdead",
    "perm", "pipe", "proto", "protonosupport", "prototype", "range", "rofs", "spipe", "srch", "stale", "timedout",
    "txtbsy", "xdev", "notcapable"};

EXPORT("log_address") u32 log_address(void) { return AT(text); }

EXPORT("log_length") u32 log_length(void) { return length; }

static void put_char(char c) {
    if (length < sizeof text) text[length++] = c;
}

void put(const char *what) {
    while (*what) put_char(*what++);
}

void put_number(u64 number) {
    if (number > 9) put_number(number / 10);
    put_char((char)('0' + number % 10));
}

void put_fd(u32 fd) {
    static const char *const NAMES[] = {"stdin", "stdout", "stderr", "jail", "ro", "other", "sub", "child"};
    if (fd < 8) {
        put(NAMES[fd]);
    } else if (fd < 1000) {
        // Which number a new descriptor has is not what this is about.
        put("opened");
    } else {
        put_number(fd);
    }
}

static void put_byte(u8 byte) {
    static const char HEX[] = "0123456789abcdef";
    if (byte > ' ' && byte < 127 && byte != '\\' && byte != '=' && byte != '|') {
        put_char((char)byte);
    } else {
        put("\\");
        put_char(HEX[byte >> 4]);
        put_char(HEX[byte & 15]);
    }
}

void put_path(const char *path, u32 size) {
    u32 known = (u32)strlen(top);
    if (size == 0) put("\"\"");
    if (size > 300) {
        put_byte((u8)path[0]);
        put("..(");
        put_number(size);
        put("\\20bytes)");
        return;
    }
    for (u32 at = 0; at < size; at++) {
        if (known && size - at >= known && !memcmp(path + at, top, known)) {
            put("$TOP");
            at += known - 1;
        } else {
            put_byte((u8)path[at]);
        }
    }
}

static u32 end(u32 errno, const char *verdict) {
    put(" = ");
    if (errno < sizeof ERRNOS / sizeof *ERRNOS) {
        put(ERRNOS[errno]);
    } else {
        put_number(errno);
    }
    put(verdict);
    put_char('\n');
    return errno;
}

u32 note(u32 errno) { return end(errno, ""); }

u32 deny(u32 errno) { return end(errno, errno == 0 ? " ESCAPE" : ""); }

u32 deny_anyhow(u32 errno) {
    put(errno ? " = refused\n" : " = success ESCAPE\n");
    return errno;
}

u32 allow(u32 errno) { return end(errno, errno == 0 ? "" : " REFUSED"); }

void check(const char *what, int holds) {
    put("check ");
    put(what);
    put(holds ? " = holds\n" : " = broken ESCAPE\n");
}

static void load_top(void) {
    static char arguments[1024];
    static u32 addresses[8];
    if (args_get(AT(addresses), AT(arguments))) __builtin_trap();
    memcpy(top, arguments, sizeof top);
}

const char *in_top(const char *relative) {
    static char paths[8][1400];
    static u32 next;
    if (!top[0]) load_top();
    char *path = paths[next++ % 8];
    u64 known = strlen(top);
    memcpy(path, top, known);
    memcpy(path + known, relative, strlen(relative) + 1);
    return path;
}
