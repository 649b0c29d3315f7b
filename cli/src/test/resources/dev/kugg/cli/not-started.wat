;; Traps in its start function.
(module
  (func $begin unreachable)
  (start $begin)
  (func (export "_start") (param i32)))
