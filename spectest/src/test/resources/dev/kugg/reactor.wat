;; What the examples in the documentation call: like examples/reactor, without WASI.
(module
  (global $s (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $s (i32.const 20)))
  (func (export "inc") (param $n i32) (result i32)
    (global.set $s (i32.add (global.get $s) (local.get $n)))
    (global.get $s)))
