;; Ends itself: directly, from inside a call of the host, and from a command's _start.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (import "host" "again" (func $again (param i32)))
  (func (export "exit") (param $code i32)
    (call $proc_exit (local.get $code))
    unreachable)
  ;; The host is expected to call exit with the same code.
  (func (export "nested") (param $code i32)
    (call $again (local.get $code))
    unreachable)
  (func (export "ok") (result i32)
    (i32.const 7)))
