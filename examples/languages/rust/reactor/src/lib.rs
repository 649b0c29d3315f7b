//! The reactor of the first example, in Rust: it keeps S between calls.

use std::sync::atomic::{AtomicI32, Ordering::Relaxed};

static S: AtomicI32 = AtomicI32::new(0);

unsafe extern "C" {
    /// Runs what a C library has to run first; the linker makes it.
    fn __wasm_call_ctors();
}

/// A library gets no `_initialize` from the compiler. Without one that runs the constructors, the
/// linker would have each exported function run them again.
#[unsafe(no_mangle)]
pub extern "C" fn _initialize() {
    // SAFETY: the host calls `_initialize` once, before anything else.
    unsafe { __wasm_call_ctors() };
    S.store(20, Relaxed);
    eprintln!("s = {}", S.load(Relaxed));
}

#[unsafe(no_mangle)]
pub extern "C" fn inc(n: i32) -> i32 {
    S.fetch_add(n, Relaxed).wrapping_add(n)
}
