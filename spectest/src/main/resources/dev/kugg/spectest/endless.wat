;; Functions that never return, or not in a lifetime: each export takes and gives nothing. Latency
;; and StopLatencyTest measure how soon they can be stopped. "add" shows that the instance works.
(module
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (memory (export "memory") 257)
  (table $table 65536 funcref)
  (elem $table (i32.const 0) $step $step $count)
  (global $sum (mut i32) (i32.const 0))
  (type $unary (func (param i32) (result i32)))

  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))

  (func $step (type $unary) (i32.add (local.get 0) (i32.const 1)))
  (func $count (type $unary)
    (global.set $sum (i32.add (global.get $sum) (local.get 0)))
    (local.get 0))

  (func (export "empty") (loop $top (br $top)))

  ;; An endless loop around a counted one of nearly 2^31 trips that touches nothing.
  (func (export "count") (local $i i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $inner
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $inner (i32.ne (local.get $i) (i32.const 0x7fffffff))))
      (br $outer)))

  ;; The same over memory, 16 MiB again and again.
  (func (export "count_memory") (local $i i32) (local $s i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $inner
        (local.set $s (i32.add (local.get $s)
          (i32.load (i32.and (local.get $i) (i32.const 0xfffffc)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $inner (i32.ne (local.get $i) (i32.const 0x7fffffff))))
      (global.set $sum (local.get $s))
      (br $outer)))

  ;; One do-while whose exit is never met: even steps to an odd bound.
  (func (export "never_equal") (local $i i32)
    (loop $top
      (local.set $i (i32.add (local.get $i) (i32.const 2)))
      (br_if $top (i32.ne (local.get $i) (i32.const 1000001)))))

  ;; The same over memory.
  (func (export "never_equal_memory") (local $i i32) (local $s i32)
    (loop $top
      (local.set $s (i32.add (local.get $s)
        (i32.load8_u (i32.and (local.get $i) (i32.const 0xffffff)))))
      (local.set $i (i32.add (local.get $i) (i32.const 2)))
      (br_if $top (i32.ne (local.get $i) (i32.const 1000001))))
    (global.set $sum (local.get $s)))

  (func (export "sum_memory") (local $i i32) (local $s i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $inner
        (local.set $s (i32.add (local.get $s) (i32.load (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 4)))
        (br_if $inner (i32.lt_s (local.get $i) (i32.const 16777216))))
      (global.set $sum (local.get $s))
      (br $outer)))

  ;; A byte at a time: the JIT may turn the loop into one large fill.
  (func (export "store_memory") (local $i i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $inner
        (i32.store8 (local.get $i) (i32.const 7))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $inner (i32.ne (local.get $i) (i32.const 16777216))))
      (br $outer)))

  ;; Four deep, three trips each.
  (func (export "nested") (local $a i32) (local $b i32) (local $c i32) (local $s i32)
    (loop $outer
      (local.set $a (i32.const 0))
      (loop $la
        (local.set $b (i32.const 0))
        (loop $lb
          (local.set $c (i32.const 0))
          (loop $lc
            (local.set $s (i32.add (local.get $s) (i32.mul (local.get $a) (local.get $c))))
            (br_if $lc (i32.lt_s
              (local.tee $c (i32.add (local.get $c) (i32.const 1))) (i32.const 3))))
          (br_if $lb (i32.lt_s
            (local.tee $b (i32.add (local.get $b) (i32.const 1))) (i32.const 3))))
        (br_if $la (i32.lt_s
          (local.tee $a (i32.add (local.get $a) (i32.const 1))) (i32.const 3))))
      (global.set $sum (local.get $s))
      (br $outer)))

  ;; A counted middle loop with a tiny inner one: where the JIT drops the outer loop's safepoint.
  (func (export "nested_count") (local $a i32) (local $b i32) (local $s i32)
    (loop $outer
      (local.set $a (i32.const 0))
      (loop $la
        (local.set $b (i32.const 0))
        (loop $lb
          (local.set $s (i32.xor (local.get $s) (i32.add (local.get $a) (local.get $b))))
          (br_if $lb (i32.lt_s
            (local.tee $b (i32.add (local.get $b) (i32.const 1))) (i32.const 5))))
        (br_if $la (i32.ne
          (local.tee $a (i32.add (local.get $a) (i32.const 1))) (i32.const 0x7ffffff0))))
      (global.set $sum (local.get $s))
      (br $outer)))

  ;; A product of 200 x 200 matrices of f64, without end.
  (func (export "matrix") (local $i i32) (local $j i32) (local $k i32) (local $s f64)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $li
        (local.set $j (i32.const 0))
        (loop $lj
          (local.set $k (i32.const 0))
          (local.set $s (f64.const 0))
          (loop $lk
            (local.set $s (f64.add (local.get $s) (f64.mul
              (f64.load (i32.shl (i32.add (i32.mul (local.get $i) (i32.const 200))
                (local.get $k)) (i32.const 3)))
              (f64.load (i32.shl (i32.add (i32.mul (local.get $k) (i32.const 200))
                (local.get $j)) (i32.const 3))))))
            (br_if $lk (i32.ne
              (local.tee $k (i32.add (local.get $k) (i32.const 1))) (i32.const 200))))
          (f64.store offset=1048576 (i32.shl (i32.add (i32.mul (local.get $i) (i32.const 200))
            (local.get $j)) (i32.const 3)) (local.get $s))
          (br_if $lj (i32.ne
            (local.tee $j (i32.add (local.get $j) (i32.const 1))) (i32.const 200))))
        (br_if $li (i32.ne
          (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 200))))
      (br $outer)))

  (func (export "count_i64") (local $i i64) (local $s i64)
    (loop $outer
      (local.set $i (i64.const 0))
      (loop $inner
        (local.set $s (i64.add (i64.mul (local.get $s) (i64.const 31)) (local.get $i)))
        (local.set $i (i64.add (local.get $i) (i64.const 1)))
        (br_if $inner (i64.ne (local.get $i) (i64.const 0x7fffffffffff))))
      (br $outer)))

  (func (export "count_unsigned") (local $i i32) (local $s i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $inner
        (local.set $s (i32.xor (local.get $s) (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 3)))
        (br_if $inner (i32.lt_u (local.get $i) (i32.const 0xfffffff0))))
      (global.set $sum (local.get $s))
      (br $outer)))

  (func (export "count_down") (local $i i32) (local $s i32)
    (loop $outer
      (local.set $i (i32.const 0x7fffffff))
      (loop $inner
        (local.set $s (i32.rotl (i32.add (local.get $s) (local.get $i)) (i32.const 5)))
        (br_if $inner (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
      (global.set $sum (local.get $s))
      (br $outer)))

  ;; Each trip waits for the one before: the slowest instructions there are.
  (func (export "divide") (local $i i32) (local $x i64) (local $y f64)
    (local.set $y (f64.const 3))
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $inner
        (local.set $x (i64.div_u (i64.const -1) (i64.or (local.get $x) (i64.const 3))))
        (local.set $y (f64.sqrt (f64.div (f64.const 1e300) (local.get $y))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $inner (i32.ne (local.get $i) (i32.const 0x7fffffff))))
      (global.set $sum (i32.add (i32.wrap_i64 (local.get $x)) (i32.trunc_sat_f64_s (local.get $y))))
      (br $outer)))

  ;; Several ways back, as a while loop with "continue" has.
  (func (export "continues") (local $i i32) (local $s i32)
    (loop $top
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $top (i32.and (local.get $i) (i32.const 1)))
      (local.set $s (i32.add (local.get $s) (local.get $i)))
      (br_if $top (i32.and (local.get $i) (i32.const 2)))
      (global.set $sum (local.get $s))
      (br $top)))

  ;; An interpreter's loop: the only ways back are those of a br_table.
  (func (export "dispatch") (local $pc i32) (local $a i32)
    (loop $top
      (local.set $pc (i32.and (i32.add (i32.mul (local.get $pc) (i32.const 5)) (i32.const 1))
        (i32.const 7)))
      (block $two
        (block $one
          (br_table $one $two $top $top $one $two $top $top (local.get $pc)))
        (local.set $a (i32.add (local.get $a) (i32.const 1)))
        (br $top))
      (global.set $sum (local.get $a))
      (br $top)))

  ;; The next seven once held up the whole JVM: they looked for "stop", but the JVM's own looks were
  ;; gone from them.

  ;; Leaves at its head, as compilers write "while".
  (func (export "while") (local $i i32) (local $s i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (block $done
        (loop $inner
          (br_if $done (i32.ge_s (local.get $i) (i32.const 0x7fffff00)))
          (local.set $s (i32.xor (i32.mul (local.get $s) (i32.const 31)) (local.get $i)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $inner)))
      (global.set $sum (local.get $s))
      (br $outer)))

  ;; Leaves in its middle.
  (func (export "leave_equal") (local $i i32) (local $s i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (block $done
        (loop $inner
          (local.set $s (i32.xor (i32.mul (local.get $s) (i32.const 31)) (local.get $i)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $done (i32.eq (local.get $i) (i32.const 0x7ffffff0)))
          (br $inner)))
      (global.set $sum (local.get $s))
      (br $outer)))

  ;; Sets its counter back shortly before the end.
  (func (export "set_back") (local $i i32) (local $s i32)
    (loop $inner
      (if (i32.eq (local.get $i) (i32.const 0x7fffffee)) (then (local.set $i (i32.const 0))))
      (local.set $s (i32.xor (i32.mul (local.get $s) (i32.const 31)) (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $inner (i32.ne (local.get $i) (i32.const 0x7ffffff0))))
    (global.set $sum (local.get $s)))

  ;; A counted loop whose only work is a call that the JIT takes in.
  (func (export "count_call") (local $i i32) (local $s i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $inner
        (local.set $s (call $step (local.get $s)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $inner (i32.ne (local.get $i) (i32.const 0x7ffffff0))))
      (global.set $sum (local.get $s))
      (br $outer)))

  ;; The same, and the call has a short loop.
  (func $short (param $i i32) (result i32) (local $a i32) (local $s i32)
    (loop $top
      (local.set $s (i32.xor (local.get $s) (i32.add (local.get $i) (local.get $a))))
      (br_if $top (i32.lt_s
        (local.tee $a (i32.add (local.get $a) (i32.const 1))) (i32.const 4))))
    (local.get $s))
  (func (export "count_call_loop") (local $i i32) (local $s i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $inner
        (local.set $s (i32.add (local.get $s) (call $short (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $inner (i32.ne (local.get $i) (i32.const 0x7ffffff0))))
      (global.set $sum (local.get $s))
      (br $outer)))

  ;; A counted loop around two levels of short ones.
  (func (export "nested_short") (local $i i32) (local $a i32) (local $b i32) (local $s i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $li
        (local.set $a (i32.const 0))
        (loop $la
          (local.set $b (i32.const 0))
          (loop $lb
            (local.set $s (i32.xor (local.get $s) (i32.add (local.get $i) (local.get $b))))
            (br_if $lb (i32.lt_s
              (local.tee $b (i32.add (local.get $b) (i32.const 1))) (i32.const 3))))
          (br_if $la (i32.lt_s
            (local.tee $a (i32.add (local.get $a) (i32.const 1))) (i32.const 4))))
        (br_if $li (i32.ne
          (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 0x7ffffff0))))
      (global.set $sum (local.get $s))
      (br $outer)))

  ;; A counted loop around one of a few trips, as many as its counter has bits.
  (func (export "nested_bits") (local $i i32) (local $a i32) (local $s i32)
    (loop $outer
      (local.set $i (i32.const 0))
      (loop $li
        (local.set $a (local.get $i))
        (block $done
          (loop $la
            (br_if $done (i32.eqz (local.get $a)))
            (local.set $a (i32.and (local.get $a) (i32.sub (local.get $a) (i32.const 1))))
            (local.set $s (i32.add (local.get $s) (i32.const 1)))
            (br $la)))
        (br_if $li (i32.ne
          (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 0x7ffffff0))))
      (global.set $sum (local.get $s))
      (br $outer)))

  (func (export "fill")
    (loop $top
      (memory.fill (i32.const 0) (i32.const 1) (i32.const 16777216))
      (br $top)))

  (func (export "copy")
    (loop $top
      (memory.copy (i32.const 0) (i32.const 65536) (i32.const 16777216))
      (br $top)))

  (func (export "table_fill")
    (loop $top
      (table.fill $table (i32.const 100) (ref.null func) (i32.const 65000))
      (br $top)))

  (func (export "call_indirect") (local $i i32)
    (loop $top
      (local.set $i (call_indirect (type $unary)
        (local.get $i) (i32.rem_u (local.get $i) (i32.const 3))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $top)))

  (func (export "call") (local $i i32)
    (loop $top
      (local.set $i (call $step (local.get $i)))
      (br $top)))

  (func $fib (param $n i64) (result i64)
    (if (result i64) (i64.lt_u (local.get $n) (i64.const 2))
      (then (local.get $n))
      (else (i64.add
        (call $fib (i64.sub (local.get $n) (i64.const 1)))
        (call $fib (i64.sub (local.get $n) (i64.const 2)))))))
  (func (export "fib") (drop (call $fib (i64.const 90))))

  (func $tick (param $n i32) (result i32)
    (if (result i32) (local.get $n)
      (then (i32.add
        (call $tock (i32.sub (local.get $n) (i32.const 1)))
        (call $tock (i32.sub (local.get $n) (i32.const 1)))))
      (else (i32.const 1))))
  (func $tock (param $n i32) (result i32)
    (if (result i32) (local.get $n)
      (then (i32.sub
        (call $tick (i32.sub (local.get $n) (i32.const 1)))
        (call $tick (i32.sub (local.get $n) (i32.const 1)))))
      (else (i32.const 2))))
  (func (export "mutual") (drop (call $tick (i32.const 100))))

  (func (export "host")
    (loop $top
      (drop (call $yield))
      (br $top))))
