// The reactor of the first example, in AssemblyScript: it keeps s between calls.

let s: i32 = 20;

// What stands outside of functions runs in _initialize.
process.stderr.write("s = " + s.toString() + "\n");

export function inc(n: i32): i32 {
  s += n;
  return s;
}
