// Calls the functions that have nothing to do with files, with good and bad arguments, and checks what comes back. Its
// arguments are "others", "faults" or "no-faults", and "ü"; its environment NAME=value; its standard input "input". Says
// which checks failed and ends with 1, or with 0. With "no-faults" it leaves out what wasmtime ends a program for: addresses
// outside its memory, and numbers that mean nothing.
// Built by wasi/src/test/guests/build.
const preview1 = struct {
    extern "wasi_snapshot_preview1" fn args_get(pointers: usize, buffer: usize) u32;
    extern "wasi_snapshot_preview1" fn args_sizes_get(count: usize, size: usize) u32;
    extern "wasi_snapshot_preview1" fn environ_get(pointers: usize, buffer: usize) u32;
    extern "wasi_snapshot_preview1" fn environ_sizes_get(count: usize, size: usize) u32;
    extern "wasi_snapshot_preview1" fn clock_res_get(clock: u32, resolution: usize) u32;
    extern "wasi_snapshot_preview1" fn clock_time_get(clock: u32, precision: u64, time: usize) u32;
    extern "wasi_snapshot_preview1" fn fd_read(fd: u32, iovs: *const Iovec, count: u32, size: *u32) u32;
    extern "wasi_snapshot_preview1" fn fd_write(fd: u32, iovs: *const Iovec, count: u32, size: *u32) u32;
    extern "wasi_snapshot_preview1" fn poll_oneoff(subscriptions: usize, events: usize, count: u32, reported: usize) u32;
    extern "wasi_snapshot_preview1" fn proc_exit(code: u32) noreturn;
    extern "wasi_snapshot_preview1" fn proc_raise(signal: u32) u32;
    extern "wasi_snapshot_preview1" fn sched_yield() u32;
    extern "wasi_snapshot_preview1" fn random_get(buffer: usize, length: u32) u32;
    extern "wasi_snapshot_preview1" fn sock_accept(fd: u32, flags: u32, accepted: usize) u32;
    extern "wasi_snapshot_preview1" fn sock_recv(fd: u32, iovs: usize, count: u32, flags: u32, size: usize, out: usize) u32;
    extern "wasi_snapshot_preview1" fn sock_send(fd: u32, iovs: usize, count: u32, flags: u32, size: usize) u32;
    extern "wasi_snapshot_preview1" fn sock_shutdown(fd: u32, how: u32) u32;
};

const Iovec = extern struct { buffer: [*]const u8, length: u32 };

const Subscription = extern struct {
    user_data: u64,
    kind: u8,
    // A clock's number, or a descriptor's.
    id: u32 align(8),
    timeout: u64 = 0,
    precision: u64 = 0,
    flags: u16 = 0,
};

const Event = extern struct { user_data: u64, errno: u16, kind: u8, bytes: u64, flags: u16 };

comptime {
    if (@sizeOf(Subscription) != 48 or @sizeOf(Event) != 32) @compileError("not as specified");
}

const success = 0;
const badf = 8;
const fault = 21;
const inval = 28;
const notsock = 57;
const notsup = 58;

const realtime = 0;
const monotonic = 1;
const outside: usize = 0xffff_fff0;
const ms: u64 = 1_000_000;

var failures: u32 = 0;

fn say(text: []const u8) void {
    var size: u32 = 0;
    _ = preview1.fd_write(2, &.{ .buffer = text.ptr, .length = text.len }, 1, &size);
}

fn sayNumber(number: u64) void {
    var digits: [20]u8 = undefined;
    var at: usize = digits.len;
    var rest = number;
    while (true) {
        at -= 1;
        digits[at] = '0' + @as(u8, @intCast(rest % 10));
        rest /= 10;
        if (rest == 0) break;
    }
    say(digits[at..]);
}

fn is(what: []const u8, got: u64, expected: u64) void {
    if (got == expected) return;
    failures += 1;
    say("others.zig: ");
    say(what);
    say(" is ");
    sayNumber(got);
    say(", not ");
    sayNumber(expected);
    say("\n");
}

fn address(pointer: anytype) usize {
    return @intFromPtr(pointer);
}

fn length(text: [*:0]const u8) usize {
    var n: usize = 0;
    while (text[n] != 0) n += 1;
    return n;
}

fn same(a: []const u8, b: []const u8) bool {
    if (a.len != b.len) return false;
    for (a, b) |x, y| if (x != y) return false;
    return true;
}

var pointers: [8][*:0]const u8 = undefined;
var buffer: [256]u8 = undefined;

fn arguments() void {
    var count: u32 = 0;
    var size: u32 = 0;
    is("args_sizes_get", preview1.args_sizes_get(address(&count), address(&size)), success);
    is("count of arguments", count, 3);
    is("args_get", preview1.args_get(address(&pointers), address(&buffer)), success);
    is("size of arguments", size, length(pointers[0]) + length(pointers[1]) + 2 + 3);
    is("third argument", @intFromBool(same(pointers[2][0..length(pointers[2])], "ü")), 1);
    is("second lies behind the first", address(pointers[1]), address(&buffer) + length(pointers[0]) + 1);
}

fn environment() void {
    var count: u32 = 0;
    var size: u32 = 0;
    is("environ_sizes_get", preview1.environ_sizes_get(address(&count), address(&size)), success);
    is("count of variables", count, 1);
    is("size of variables", size, 11);
    is("environ_get", preview1.environ_get(address(&pointers), address(&buffer)), success);
    is("variable", @intFromBool(same(pointers[0][0..length(pointers[0])], "NAME=value")), 1);
}

fn now(clock: u32) u64 {
    var time: u64 = 0;
    is("clock_time_get", preview1.clock_time_get(clock, 1, address(&time)), success);
    return time;
}

fn clocks() void {
    for ([_]u32{ realtime, monotonic }) |clock| {
        var resolution: u64 = 0;
        is("clock_res_get", preview1.clock_res_get(clock, address(&resolution)), success);
        is("resolution is positive and below a second", @intFromBool(resolution > 0 and resolution < 1000 * ms), 1);
    }
    is("it is after 2020", @intFromBool(now(realtime) > 1_577_836_800_000 * ms), 1);
    const before = now(monotonic);
    is("time goes on", @intFromBool(now(monotonic) >= before), 1);
}

fn random() void {
    var one = [_]u8{0} ** 64;
    var other = [_]u8{0} ** 64;
    is("random_get", preview1.random_get(address(&one), 63), success);
    is("random_get again", preview1.random_get(address(&other), 63), success);
    is("the same twice", @intFromBool(same(&one, &other)), 0);
    is("one byte too many", one[63], 0);
    is("random_get of nothing", preview1.random_get(address(&one), 0), success);
}

fn poll(subscriptions: []const Subscription, events: []Event) u32 {
    var reported: u32 = 0;
    is("poll_oneoff", preview1.poll_oneoff(address(subscriptions.ptr), address(events.ptr), subscriptions.len, address(&reported)), success);
    return reported;
}

fn waiting() void {
    var events: [4]Event = undefined;
    const start = now(monotonic);
    is("timeouts", poll(&.{
        .{ .user_data = 1, .kind = 0, .id = monotonic, .timeout = 3_600_000 * ms },
        .{ .user_data = 2, .kind = 0, .id = monotonic, .timeout = 20 * ms },
    }, &events), 1);
    is("which", events[0].user_data, 2);
    is("its errno", events[0].errno, success);
    is("its kind", events[0].kind, 0);
    is("it took 20 ms", @intFromBool(now(monotonic) - start >= 20 * ms), 1);

    is("absolute timeouts", poll(&.{
        .{ .user_data = 1, .kind = 0, .id = monotonic, .timeout = now(monotonic) + 10 * ms, .flags = 1 },
        .{ .user_data = 2, .kind = 0, .id = monotonic, .timeout = now(monotonic) + 3_600_000 * ms, .flags = 1 },
        .{ .user_data = 3, .kind = 0, .id = realtime, .timeout = now(realtime) + 3_600_000 * ms, .flags = 1 },
    }, &events), 1);
    is("which of the absolute ones", events[0].user_data, 1);
    is("one that has passed", poll(&.{.{ .user_data = 5, .kind = 0, .id = realtime, .timeout = 1, .flags = 1 }}, &events), 1);
    is("which has passed", events[0].user_data, 5);

    is("writing does not wait", poll(&.{
        .{ .user_data = 7, .kind = 2, .id = 1 },
        .{ .user_data = 8, .kind = 0, .id = monotonic, .timeout = 3_600_000 * ms },
    }, &events), 1);
    is("who may write", events[0].user_data, 7);
    is("its kind is fd_write", events[0].kind, 2);
    is("reading does not wait", poll(&.{.{ .user_data = 9, .kind = 1, .id = 0 }}, &events), 1);
    is("who may read", events[0].user_data, 9);
    is("its kind is fd_read", events[0].kind, 1);
    is("its bytes", @intFromBool(events[0].bytes > 0), 1);

    var reported: u32 = 0;
    is("poll_oneoff of nothing", preview1.poll_oneoff(address(&buffer), address(&events), 0, address(&reported)), inval);
}

fn input() void {
    var size: u32 = 0;
    var read: [16]u8 = undefined;
    is("fd_read", preview1.fd_read(0, &.{ .buffer = &read, .length = 16 }, 1, &size), success);
    is("input", @intFromBool(same(read[0..size], "input")), 1);
    is("fd_read at the end", preview1.fd_read(0, &.{ .buffer = &read, .length = 16 }, 1, &size), success);
    is("nothing is left", size, 0);
}

fn noSockets() void {
    var size: u32 = 0;
    var flags: u32 = 0;
    const iov = Iovec{ .buffer = &buffer, .length = 4 };
    for ([_]struct { u32, u32 }{ .{ 0, notsock }, .{ 1, notsock }, .{ 3, notsock }, .{ 99, badf } }) |case| {
        const fd, const errno = case;
        is("sock_accept", preview1.sock_accept(fd, 0, address(&size)), errno);
        is("sock_recv", preview1.sock_recv(fd, address(&iov), 1, 0, address(&size), address(&flags)), errno);
        is("sock_send", preview1.sock_send(fd, address(&iov), 1, 0, address(&size)), errno);
        is("sock_shutdown", preview1.sock_shutdown(fd, 1), errno);
    }
}

fn faults() void {
    var size: u32 = 0;
    is("args_sizes_get outside", preview1.args_sizes_get(address(&size), outside), fault);
    is("args_get outside", preview1.args_get(outside, address(&buffer)), fault);
    is("environ_sizes_get outside", preview1.environ_sizes_get(outside, address(&size)), fault);
    is("environ_get outside", preview1.environ_get(address(&pointers), outside), fault);
    is("clock_res_get outside", preview1.clock_res_get(realtime, outside), fault);
    is("clock_time_get outside", preview1.clock_time_get(realtime, 0, outside), fault);
    is("clock_res_get of a clock that is none", preview1.clock_res_get(4, address(&buffer)), inval);
    is("clock_time_get of a clock that is none", preview1.clock_time_get(4, 0, address(&buffer)), inval);
    is("random_get outside", preview1.random_get(outside, 100), fault);
    is("random_get of 4 GiB", preview1.random_get(address(&buffer), 0xffff_ffff), fault);
    is("poll_oneoff outside", preview1.poll_oneoff(outside, address(&buffer), 1, address(&size)), fault);
    is("poll_oneoff of 4 G subscriptions", preview1.poll_oneoff(address(&buffer), address(&buffer), 0xffff_ffff, address(&size)), fault);
}

export fn _start() void {
    arguments();
    const with_faults = pointers[1][0] == 'f';
    environment();
    clocks();
    random();
    waiting();
    input();
    noSockets();
    is("sched_yield", preview1.sched_yield(), success);
    is("proc_raise", preview1.proc_raise(1), notsup);
    if (with_faults) faults();
    preview1.proc_exit(@intFromBool(failures > 0));
}
