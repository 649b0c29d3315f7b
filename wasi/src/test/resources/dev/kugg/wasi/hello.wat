;; A command and a reactor in one: both write a line, each on a stream of its own.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "hello from _start\nhello from _initialize\n")
  (func $write (param $fd i32) (param $address i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $address))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start")
    (call $write (i32.const 1) (i32.const 16) (i32.const 18)))
  (func (export "_initialize")
    (call $write (i32.const 2) (i32.const 34) (i32.const 23)))
  (func (export "ok") (result i32)
    (i32.const 7)))
