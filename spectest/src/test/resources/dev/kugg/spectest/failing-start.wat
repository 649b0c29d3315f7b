;; Its start function traps.
(module
  (func $main (unreachable))
  (start $main))
