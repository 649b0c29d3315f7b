;; Asks for things nobody gives.
(module
  (import "somebody" "something" (func (param i32)))
  (import "somebody" "memory" (memory 1 3))
  (import "somebody" "table" (table 1 funcref))
  (table 2 4 externref)
  (func (export "_start")))
