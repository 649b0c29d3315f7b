;; Starts only if the memory it imports has a second page.
(module
  (import "env" "memory" (memory 1))
  (data (i32.const 65536) "x"))
