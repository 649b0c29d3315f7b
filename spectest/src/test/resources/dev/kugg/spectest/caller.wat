;; Calls the host and is called back by it.
(module
  (import "env" "host" (func $host (param i32) (result i32)))
  (import "env" "ping" (func $ping))
  (import "env" "types" (func $types (param i32 i64 f32 f64 externref) (result f64 i32)))
  (memory (export "memory") 1)
  (func (export "call") (param i32) (result i32) (call $host (local.get 0)))
  (func (export "inc") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func (export "pingForever") (loop $top (call $ping) (br $top)))
  (func (export "ping") (call $ping))
  (func (export "spin") (loop $top (br $top)))
  (func (export "types") (param i32 i64 f32 f64 externref) (result f64 i32)
    (call $types (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4))))
