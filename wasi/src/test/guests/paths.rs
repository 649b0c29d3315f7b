// Calls every function on paths with good and bad arguments and checks what comes back. Descriptor 3 is an empty folder
// that may be changed. Says which checks failed and ends with 1, or with 0. With an argument "no-faults" it leaves out what
// wasmtime ends a program for: addresses outside its memory, and numbers that mean nothing.
// Built by wasi/src/test/guests/build.
#![no_std]
#![no_main]

#[link(wasm_import_module = "wasi_snapshot_preview1")]
extern "C" {
    fn args_get(pointers: *mut *const u8, buffer: *mut u8) -> u32;
    fn fd_close(fd: u32) -> u32;
    fn fd_filestat_get(fd: u32, stat: *mut Filestat) -> u32;
    fn fd_fdstat_set_rights(fd: u32, base: u64, inheriting: u64) -> u32;
    fn fd_fdstat_get(fd: u32, stat: *mut Fdstat) -> u32;
    fn fd_read(fd: u32, iovs: *const Iovec, count: u32, size: *mut u32) -> u32;
    fn fd_write(fd: u32, iovs: *const Iovec, count: u32, size: *mut u32) -> u32;
    fn path_create_directory(fd: u32, path: *const u8, length: u32) -> u32;
    fn path_filestat_get(fd: u32, lookup: u32, path: *const u8, length: u32, stat: *mut Filestat) -> u32;
    fn path_filestat_set_times(
        fd: u32, lookup: u32, path: *const u8, length: u32, access: u64, modify: u64, flags: u32,
    ) -> u32;
    fn path_link(fd: u32, lookup: u32, path: *const u8, length: u32, to: u32, to_path: *const u8, to_length: u32) -> u32;
    fn path_open(
        fd: u32, lookup: u32, path: *const u8, length: u32, oflags: u32, base: u64, inheriting: u64, fdflags: u32,
        opened: *mut u32,
    ) -> u32;
    fn path_readlink(fd: u32, path: *const u8, length: u32, buffer: *mut u8, size: u32, used: *mut u32) -> u32;
    fn path_remove_directory(fd: u32, path: *const u8, length: u32) -> u32;
    fn path_rename(fd: u32, path: *const u8, length: u32, to: u32, to_path: *const u8, to_length: u32) -> u32;
    fn path_symlink(text: *const u8, text_length: u32, fd: u32, path: *const u8, length: u32) -> u32;
    fn path_unlink_file(fd: u32, path: *const u8, length: u32) -> u32;
    fn proc_exit(code: u32) -> !;
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
struct Filestat {
    device: u64,
    inode: u64,
    kind: u8,
    links: u64,
    size: u64,
    access: u64,
    modify: u64,
    change: u64,
}

#[repr(C)]
#[derive(Default)]
struct Fdstat {
    kind: u8,
    flags: u16,
    rights: u64,
    inheriting: u64,
}

#[repr(C)]
struct Iovec {
    buffer: *const u8,
    length: u32,
}

const SUCCESS: u32 = 0;
const BADF: u32 = 8;
const EXIST: u32 = 20;
const FAULT: u32 = 21;
const ILSEQ: u32 = 25;
const INVAL: u32 = 28;
const ISDIR: u32 = 31;
const LOOP: u32 = 32;
const NAMETOOLONG: u32 = 37;
const NOENT: u32 = 44;
const NOTCAPABLE: u32 = 76;
const NOTDIR: u32 = 54;
const NOTEMPTY: u32 = 55;
const PERM: u32 = 63;

const FOLLOW: u32 = 1;
const CREAT: u32 = 1;
const DIRECTORY: u32 = 2;
const EXCL: u32 = 4;
const TRUNC: u32 = 8;
const READ: u64 = 2;
const WRITE: u64 = 64;
const ALL: u64 = !0;
const ROOT: u32 = 3;
const OUTSIDE: *const u8 = 0xffff_fff0 as *const u8;

static mut FAILURES: u32 = 0;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    unsafe { proc_exit(2) }
}

fn say(text: &[u8]) {
    let mut size = 0;
    unsafe { fd_write(2, &Iovec { buffer: text.as_ptr(), length: text.len() as u32 }, 1, &mut size) };
}

fn say_number(number: u64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    say(&digits[at..]);
}

fn check(line: u32, text: &str, got: u64, expected: u64) {
    if got != expected {
        unsafe { FAILURES += 1 };
        say(b"paths.rs:");
        say_number(line as u64);
        say(b": ");
        say(text.as_bytes());
        say(b" is ");
        say_number(got);
        say(b", not ");
        say_number(expected);
        say(b"\n");
    }
}

macro_rules! is {
    ($got:expr, $expected:expr) => {
        check(line!(), stringify!($got), $got as u64, $expected as u64)
    };
}

macro_rules! ok {
    ($got:expr) => {
        is!($got, SUCCESS)
    };
}

fn open_at(fd: u32, lookup: u32, path: &[u8], oflags: u32, rights: u64) -> Result<u32, u32> {
    let mut opened = u32::MAX;
    match unsafe {
        path_open(fd, lookup, path.as_ptr(), path.len() as u32, oflags, rights, ALL >> 34, 0, &mut opened)
    } {
        SUCCESS => Ok(opened),
        errno => Err(errno),
    }
}

// Opens, and closes again.
fn opens(lookup: u32, path: &[u8], oflags: u32, rights: u64) -> u32 {
    match open_at(ROOT, lookup, path, oflags, rights) {
        Ok(fd) => unsafe { fd_close(fd) },
        Err(errno) => errno,
    }
}

fn create(path: &[u8], contents: &[u8]) {
    let mut size = 0;
    match open_at(ROOT, 0, path, CREAT | TRUNC, WRITE) {
        Ok(fd) => unsafe {
            ok!(fd_write(fd, &Iovec { buffer: contents.as_ptr(), length: contents.len() as u32 }, 1, &mut size));
            ok!(fd_close(fd));
        },
        Err(errno) => ok!(errno),
    }
}

fn first_byte(path: &[u8]) -> u32 {
    let byte = 0u8;
    let mut size = 0;
    match open_at(ROOT, 0, path, 0, READ) {
        Ok(fd) => unsafe {
            ok!(fd_read(fd, &Iovec { buffer: &byte, length: 1 }, 1, &mut size));
            ok!(fd_close(fd));
            if size == 0 { 0 } else { core::ptr::read_volatile(&byte) as u32 }
        },
        Err(errno) => 1000 + errno,
    }
}

fn mkdir(path: &[u8]) -> u32 {
    unsafe { path_create_directory(ROOT, path.as_ptr(), path.len() as u32) }
}

fn rmdir(path: &[u8]) -> u32 {
    unsafe { path_remove_directory(ROOT, path.as_ptr(), path.len() as u32) }
}

fn unlink(path: &[u8]) -> u32 {
    unsafe { path_unlink_file(ROOT, path.as_ptr(), path.len() as u32) }
}

fn symlink(text: &[u8], path: &[u8]) -> u32 {
    unsafe { path_symlink(text.as_ptr(), text.len() as u32, ROOT, path.as_ptr(), path.len() as u32) }
}

fn link(lookup: u32, path: &[u8], to: &[u8]) -> u32 {
    unsafe { path_link(ROOT, lookup, path.as_ptr(), path.len() as u32, ROOT, to.as_ptr(), to.len() as u32) }
}

fn rename(path: &[u8], to: &[u8]) -> u32 {
    unsafe { path_rename(ROOT, path.as_ptr(), path.len() as u32, ROOT, to.as_ptr(), to.len() as u32) }
}

fn stat(lookup: u32, path: &[u8], stat: &mut Filestat) -> u32 {
    unsafe { path_filestat_get(ROOT, lookup, path.as_ptr(), path.len() as u32, stat) }
}

fn kind(lookup: u32, path: &[u8]) -> u32 {
    let mut known = Filestat::default();
    match stat(lookup, path, &mut known) {
        SUCCESS => known.kind as u32,
        errno => 1000 + errno,
    }
}

fn folders() {
    ok!(mkdir(b"a"));
    ok!(mkdir(b"a/b/"));
    is!(mkdir(b"a"), EXIST);
    is!(mkdir(b"."), EXIST);
    is!(mkdir(b"x/y"), NOENT);
    is!(mkdir(b""), NOENT);
    is!(mkdir(b"/x"), PERM);
    is!(mkdir(b"../x"), PERM);
    is!(mkdir(b"a/../../x"), PERM);
    create(b"f", b"file");
    is!(mkdir(b"f"), EXIST);
    is!(mkdir(b"f/x"), NOTDIR);
    is!(rmdir(b"a"), NOTEMPTY);
    is!(rmdir(b"f"), NOTDIR);
    is!(rmdir(b"x"), NOENT);
    is!(rmdir(b"."), INVAL);
    ok!(rmdir(b"a/b"));
    ok!(rmdir(b"a/../a"));
    is!(kind(0, b"a"), 1000 + NOENT);
    ok!(unlink(b"f"));
    // Names are bytes of UTF-8, up to 255 of them.
    ok!(mkdir("\u{fc}\u{20ac}\u{1f40d}".as_bytes()));
    is!(kind(0, "\u{fc}\u{20ac}\u{1f40d}".as_bytes()), 3);
    ok!(rmdir("\u{fc}\u{20ac}\u{1f40d}".as_bytes()));
    is!(mkdir(b"no\xff"), ILSEQ);
    is!(mkdir(b"nul\0"), INVAL);
    let long = [b'n'; 256];
    ok!(mkdir(&long[..255]));
    ok!(rmdir(&long[..255]));
    is!(mkdir(&long), NAMETOOLONG);
}

fn opening() {
    is!(opens(0, b"new", 0, READ), NOENT);
    ok!(opens(0, b"new", CREAT, 0));
    ok!(opens(0, b"new", CREAT, READ | WRITE));
    is!(opens(0, b"new", CREAT | EXCL, WRITE), EXIST);
    create(b"new", b"text");
    is!(first_byte(b"new"), b't');
    ok!(opens(0, b"new", TRUNC, WRITE));
    is!(first_byte(b"new"), 0);
    is!(opens(0, b"new", DIRECTORY, READ), NOTDIR);
    is!(opens(0, b"new/", 0, READ), NOTDIR);
    is!(opens(0, b"other/", CREAT, WRITE), ISDIR);
    is!(kind(0, b"other"), 1000 + NOENT);
    ok!(mkdir(b"d"));
    ok!(opens(0, b"d", 0, READ));
    ok!(opens(0, b"d/", DIRECTORY, READ));
    ok!(opens(0, b".", 0, 0));
    is!(opens(0, b"d", 0, WRITE), ISDIR);
    is!(opens(0, b"d", DIRECTORY, READ | WRITE), ISDIR);
    is!(opens(0, b"d", CREAT, READ), ISDIR);
    is!(opens(0, b"d", TRUNC, WRITE), ISDIR);
    is!(opens(0, b"d", CREAT | DIRECTORY, READ), INVAL);
    is!(opens(0, b"d/..", 0, READ), SUCCESS);
    is!(opens(0, b"d/../..", 0, READ), PERM);
    is!(opens(0, b"/", 0, READ), PERM);
    is!(opens(0, b"", 0, READ), NOENT);
    is!(opens(0, b"new/x", 0, READ), NOTDIR);
    is!(opens(0, b"new/..", 0, READ), NOTDIR);
    let folder = open_at(ROOT, 0, b"d", DIRECTORY, READ).unwrap_or(99);
    is!(open_at(folder, 0, b"..", 0, READ).unwrap_or_else(|e| 1000 + e), 1000 + PERM);
    is!(open_at(folder, 0, b"../new", 0, READ).unwrap_or_else(|e| 1000 + e), 1000 + PERM);
    let inner = open_at(folder, 0, b"inner", CREAT, WRITE).unwrap_or(99);
    is!(open_at(inner, 0, b"x", CREAT, WRITE).unwrap_or_else(|e| 1000 + e), 1000 + NOTDIR);
    ok!(unsafe { fd_close(inner) });
    is!(kind(0, b"d/inner"), 4);
    // It stays the same folder by another name.
    ok!(rename(b"d", b"e"));
    ok!(unsafe { path_unlink_file(folder, b"inner".as_ptr(), 5) });
    ok!(rmdir(b"e"));
    is!(open_at(folder, 0, b"inner", CREAT, WRITE).unwrap_or_else(|e| 1000 + e), 1000 + NOENT);
    ok!(unsafe { fd_close(folder) });
    is!(open_at(folder, 0, b"x", 0, READ).unwrap_or_else(|e| 1000 + e), 1000 + BADF);
    ok!(unlink(b"new"));
}

fn symbolic_links() {
    create(b"file", b"contents");
    ok!(mkdir(b"d"));
    create(b"d/inner", b"inside");
    ok!(symlink(b"file", b"to-file"));
    ok!(symlink(b"d", b"to-d"));
    ok!(symlink(b"../file", b"d/up"));
    ok!(symlink(b"nothing", b"dangling"));
    ok!(symlink(b"loop", b"loop"));
    ok!(symlink(b"..", b"out"));
    is!(symlink(b"x", b"to-file"), EXIST);
    is!(symlink(b"x", b"d"), EXIST);
    is!(symlink(b"/x", b"absolute"), PERM);
    is!(symlink(b"", b"empty"), NOENT);
    is!(symlink(b"x", b"../x"), PERM);
    is!(symlink(b"x", b"new/"), NOENT);
    is!(symlink(b"x", b"missing/x"), NOENT);

    is!(kind(0, b"to-file"), 7);
    is!(kind(FOLLOW, b"to-file"), 4);
    is!(kind(0, b"to-d"), 7);
    is!(kind(0, b"to-d/"), 3);
    is!(kind(FOLLOW, b"to-d"), 3);
    is!(kind(0, b"to-d/inner"), 4);
    is!(kind(0, b"to-d/../file"), 4);
    is!(kind(FOLLOW, b"to-d/up"), 4);
    is!(kind(0, b"dangling"), 7);
    is!(kind(FOLLOW, b"dangling"), 1000 + NOENT);
    is!(kind(FOLLOW, b"loop"), 1000 + LOOP);
    is!(kind(0, b"loop/x"), 1000 + LOOP);
    is!(kind(0, b"out"), 7);
    is!(kind(FOLLOW, b"out"), 1000 + PERM);
    is!(kind(0, b"out/file"), 1000 + PERM);

    is!(opens(0, b"to-file", 0, READ), LOOP);
    ok!(opens(FOLLOW, b"to-file", 0, READ));
    ok!(opens(FOLLOW, b"to-d", DIRECTORY, READ));
    is!(opens(FOLLOW, b"to-file", DIRECTORY, READ), NOTDIR);
    is!(opens(FOLLOW, b"to-file", CREAT | EXCL, WRITE), EXIST);
    is!(opens(FOLLOW, b"dangling", CREAT | EXCL, WRITE), EXIST);
    is!(opens(FOLLOW, b"dangling", 0, READ), NOENT);
    is!(opens(0, b"dangling", CREAT, WRITE), LOOP);
    ok!(opens(FOLLOW, b"dangling", CREAT, WRITE));
    is!(kind(0, b"nothing"), 4);
    ok!(unlink(b"nothing"));

    let mut buffer = [b'-'; 8];
    let mut used = 0;
    let read = |path: &[u8], buffer: *mut u8, size: u32, used: *mut u32| unsafe {
        path_readlink(ROOT, path.as_ptr(), path.len() as u32, buffer, size, used)
    };
    ok!(read(b"to-file", buffer.as_mut_ptr(), 8, &mut used));
    is!(used, 4);
    is!(&buffer == b"file----", true);
    ok!(read(b"d/up", buffer.as_mut_ptr(), 3, &mut used));
    is!(used, 3);
    is!(&buffer == b"../e----", true);
    ok!(read(b"to-file", buffer.as_mut_ptr(), 0, &mut used));
    is!(used, 0);
    is!(read(b"file", buffer.as_mut_ptr(), 8, &mut used), INVAL);
    is!(read(b"d", buffer.as_mut_ptr(), 8, &mut used), INVAL);
    is!(read(b"missing", buffer.as_mut_ptr(), 8, &mut used), NOENT);

    for name in [&b"to-file"[..], b"to-d", b"d/up", b"dangling", b"loop", b"out", b"d/inner", b"file"] {
        ok!(unlink(name));
    }
    ok!(rmdir(b"d"));
}

fn hard_links() {
    create(b"one", b"contents");
    ok!(link(0, b"one", b"two"));
    let (mut one, mut two) = (Filestat::default(), Filestat::default());
    ok!(stat(0, b"one", &mut one));
    ok!(stat(0, b"two", &mut two));
    is!(one.inode, two.inode);
    is!(one.links, 2);
    ok!(unlink(b"one"));
    is!(first_byte(b"two"), b'c');
    is!(link(0, b"two", b"two"), EXIST);
    is!(link(0, b"missing", b"x"), NOENT);
    is!(link(0, b"two", b"missing/x"), NOENT);
    is!(link(0, b"two", b"x/"), NOENT);
    is!(link(0, b"two/", b"x"), NOTDIR);
    is!(link(0, b"two", b"../x"), PERM);
    is!(link(0, b"../x", b"x"), PERM);
    ok!(mkdir(b"d"));
    is!(link(0, b"d", b"x"), PERM);
    is!(link(0, b".", b"x"), PERM);
    is!(link(0, b"two", b"d"), EXIST);
    ok!(link(0, b"two", b"d/three"));
    ok!(symlink(b"two", b"s"));
    ok!(link(0, b"s", b"t"));
    is!(kind(0, b"t"), 7);
    ok!(link(FOLLOW, b"s", b"u"));
    is!(kind(0, b"u"), 4);
    for name in [&b"two"[..], b"d/three", b"s", b"t", b"u"] {
        ok!(unlink(name));
    }
    ok!(rmdir(b"d"));
}

fn moving() {
    create(b"one", b"1");
    create(b"two", b"2");
    ok!(mkdir(b"d"));
    ok!(mkdir(b"e"));
    ok!(rename(b"one", b"three"));
    is!(first_byte(b"one"), 1000 + NOENT);
    ok!(rename(b"three", b"two"));
    is!(first_byte(b"two"), b'1');
    ok!(rename(b"two", b"two"));
    ok!(rename(b"two", b"d/two"));
    is!(rename(b"d", b"d/x"), INVAL);
    is!(rename(b"d/two", b"e"), ISDIR);
    is!(rename(b"e", b"d/two"), NOTDIR);
    is!(rename(b"e", b"d"), NOTEMPTY);
    is!(rename(b"d/two", b"new/"), NOTDIR);
    is!(rename(b"d/two/", b"new"), NOTDIR);
    is!(rename(b"missing", b"x"), NOENT);
    is!(rename(b"d/two", b"missing/x"), NOENT);
    is!(rename(b"d/two", b"../x"), PERM);
    is!(rename(b"../x", b"x"), PERM);
    ok!(rename(b"d", b"e/"));
    is!(first_byte(b"e/two"), b'1');
    ok!(symlink(b"e", b"s"));
    ok!(rename(b"s", b"t"));
    is!(kind(0, b"t"), 7);
    ok!(rename(b"t/two", b"two"));
    ok!(unlink(b"t"));
    ok!(unlink(b"two"));
    ok!(rmdir(b"e/"));
}

fn removing() {
    create(b"f", b"");
    ok!(mkdir(b"d"));
    is!(unlink(b"d"), ISDIR);
    is!(unlink(b"d/"), ISDIR);
    is!(unlink(b"."), ISDIR);
    is!(unlink(b"f/"), NOTDIR);
    is!(unlink(b"f/x"), NOTDIR);
    is!(unlink(b"x"), NOENT);
    is!(unlink(b"../x"), PERM);
    ok!(unlink(b"./d/../f"));
    is!(unlink(b"f"), NOENT);
    ok!(rmdir(b"d"));
}

fn times() {
    create(b"f", b"12345");
    ok!(symlink(b"f", b"s"));
    let set = |lookup, path: &[u8], access, modify, flags| unsafe {
        path_filestat_set_times(ROOT, lookup, path.as_ptr(), path.len() as u32, access, modify, flags)
    };
    let mut known = Filestat::default();
    ok!(set(0, b"f", 1111111111222333444, 1222222222333444555, 5));
    ok!(stat(0, b"f", &mut known));
    is!(known.access, 1111111111222333444u64);
    is!(known.modify, 1222222222333444555u64);
    is!(known.size, 5);
    ok!(set(0, b"s", 0, 1000000000000000000, 4));
    ok!(stat(0, b"s", &mut known));
    is!(known.modify, 1000000000000000000u64);
    is!(known.size, 1);
    ok!(stat(FOLLOW, b"s", &mut known));
    is!(known.modify, 1222222222333444555u64);
    ok!(set(FOLLOW, b"s", 0, 1333333333000000000, 4));
    ok!(stat(0, b"f", &mut known));
    is!(known.modify, 1333333333000000000u64);
    is!(known.access, 1111111111222333444u64);
    ok!(set(0, b"f", 0, 0, 10));
    ok!(stat(0, b"f", &mut known));
    is!(known.modify > 1600000000000000000, true);
    is!(known.access > 1600000000000000000, true);
    is!(set(0, b"f", 0, 0, 3), INVAL);
    is!(set(0, b"f", 0, 0, 12), INVAL);
    is!(set(0, b"f/", 0, 0, 10), NOTDIR);
    is!(set(0, b"missing", 0, 0, 10), NOENT);
    is!(set(0, b"..", 0, 0, 10), PERM);
    ok!(set(0, b".", 0, 1444444444000000000, 4));
    ok!(unsafe { fd_filestat_get(ROOT, &mut known) });
    is!(known.modify, 1444444444000000000u64);
    ok!(unlink(b"s"));
    ok!(unlink(b"f"));
}

// Each right, given up alone, is missed by its functions and by no other.
fn rights() {
    create(b"f", b"");
    let lacking = |right: u32| {
        let fd = open_at(ROOT, 0, b".", DIRECTORY, READ).unwrap_or(99);
        let mut known = Fdstat::default();
        ok!(unsafe { fd_fdstat_get(fd, &mut known) });
        is!(known.rights >> right & 1, 1);
        ok!(unsafe { fd_fdstat_set_rights(fd, known.rights & !(1 << right), known.inheriting) });
        fd
    };
    let mut known = Filestat::default();
    let mut used = 0;
    let name = b"f".as_ptr();
    unsafe {
        let done = |fd, errno| {
            is!(errno, NOTCAPABLE);
            ok!(fd_close(fd));
        };
        let fd = lacking(9);
        done(fd, path_create_directory(fd, name, 1));
        let fd = lacking(10);
        done(fd, open_at(fd, 0, b"f", CREAT, READ).err().unwrap_or(0));
        let fd = lacking(11);
        done(fd, path_link(fd, 0, name, 1, ROOT, name, 1));
        let fd = lacking(12);
        done(fd, path_link(ROOT, 0, name, 1, fd, name, 1));
        let fd = lacking(13);
        done(fd, open_at(fd, 0, b"f", 0, READ).err().unwrap_or(0));
        let fd = lacking(15);
        done(fd, path_readlink(fd, name, 1, &mut used as *mut u32 as *mut u8, 4, &mut used));
        let fd = lacking(16);
        done(fd, path_rename(fd, name, 1, ROOT, name, 1));
        let fd = lacking(17);
        done(fd, path_rename(ROOT, name, 1, fd, name, 1));
        let fd = lacking(18);
        done(fd, path_filestat_get(fd, 0, name, 1, &mut known));
        let fd = lacking(19);
        done(fd, open_at(fd, 0, b"f", TRUNC, WRITE).err().unwrap_or(0));
        let fd = lacking(20);
        done(fd, path_filestat_set_times(fd, 0, name, 1, 0, 0, 10));
        let fd = lacking(24);
        done(fd, path_symlink(name, 1, fd, b"s".as_ptr(), 1));
        let fd = lacking(25);
        done(fd, path_remove_directory(fd, name, 1));
        let fd = lacking(26);
        done(fd, path_unlink_file(fd, name, 1));
    }
    ok!(unlink(b"f"));
}

fn bad_addresses() {
    create(b"f", b"");
    ok!(symlink(b"f", b"s"));
    let name = b"f".as_ptr();
    let mut used = 0;
    let mut opened = 77;
    unsafe {
        is!(path_create_directory(ROOT, OUTSIDE, 17), FAULT);
        is!(path_create_directory(ROOT, name, u32::MAX), FAULT);
        is!(path_filestat_get(ROOT, 0, name, 1, OUTSIDE as *mut Filestat), FAULT);
        is!(path_filestat_get(ROOT, 2, name, 1, core::ptr::null_mut()), INVAL);
        is!(path_filestat_set_times(ROOT, 0, name, 1, 0, 0, 16), INVAL);
        is!(path_filestat_set_times(ROOT, 0, name, 1, u64::MAX, 0, 1), 61);
        is!(path_link(ROOT, 0, name, 1, ROOT, OUTSIDE, 17), FAULT);
        is!(path_link(ROOT, 4, name, 1, ROOT, b"new".as_ptr(), 3), INVAL);
        is!(path_open(ROOT, 0, name, 1, 16, READ, 0, 0, &mut opened), INVAL);
        is!(path_open(ROOT, 0, name, 1, 0, READ, 0, 32, &mut opened), INVAL);
        // Nothing is made where the number of what is opened could not be told.
        is!(path_open(ROOT, 0, b"new".as_ptr(), 3, CREAT, READ, 0, 0, OUTSIDE as *mut u32), FAULT);
        is!(kind(0, b"new"), 1000 + NOENT);
        is!(path_readlink(ROOT, b"s".as_ptr(), 1, OUTSIDE as *mut u8, 4, &mut used), FAULT);
        is!(path_readlink(ROOT, b"s".as_ptr(), 1, name as *mut u8, 0, OUTSIDE as *mut u32), FAULT);
        is!(path_rename(ROOT, name, 1, ROOT, OUTSIDE, 17), FAULT);
        is!(path_symlink(OUTSIDE, 17, ROOT, name, 1), FAULT);
    }
    is!(opened, 77);
    ok!(unlink(b"s"));
    ok!(unlink(b"f"));
}

#[no_mangle]
pub extern "C" fn _start() {
    let mut pointers = [core::ptr::null(); 8];
    let mut text = [0u8; 256];
    ok!(unsafe { args_get(pointers.as_mut_ptr(), text.as_mut_ptr()) });
    let faults = unsafe { *pointers[1] } != b'n';
    folders();
    opening();
    symbolic_links();
    hard_links();
    moving();
    removing();
    times();
    rights();
    if faults {
        bad_addresses();
    }
    unsafe { proc_exit(if FAILURES > 0 { 1 } else { 0 }) }
}
