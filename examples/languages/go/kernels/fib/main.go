// Calls and nothing else: the stack check of every function, and Go's own stack in memory.
package main

func fib(n int32) int64 {
	if n < 2 {
		return int64(n)
	}
	return fib(n-1) + fib(n-2)
}

//go:wasmexport run
func run(n int32) int64 { return fib(n) }

func main() {}
