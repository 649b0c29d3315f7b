;; Asks for one import of each kind.
(module
  (import "env" "twice" (func $twice (param i32) (result i32)))
  (import "env" "memory" (memory 1 4))
  (import "env" "table" (table 2 10 funcref))
  (import "env" "offset" (global $offset i32))
  (import "env" "count" (global $count (mut i64)))
  (func (export "run") (param i32) (result i32)
    (global.set $count (i64.add (global.get $count) (i64.const 1)))
    (i32.add (call $twice (local.get 0)) (global.get $offset)))
  (func (export "peek") (param i32) (result i32) (i32.load8_u (local.get 0))))
