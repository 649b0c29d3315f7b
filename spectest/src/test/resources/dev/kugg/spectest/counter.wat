;; A reactor and a command in one: shows which of its entries were called.
(module
  (global $state (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $state (i32.add (global.get $state) (i32.const 20))))
  (func (export "_start") (global.set $state (i32.const 1000)))
  (func (export "inc") (param i32) (result i32)
    (global.set $state (i32.add (global.get $state) (local.get 0)))
    (global.get $state)))
