// The reactor of the first example, in Go: it keeps s between calls.
package main

var s int32

func init() {
	s = 20
	println("s =", s)
}

//go:wasmexport inc
func inc(n int32) int32 {
	s += n
	return s
}

// Never called: a reactor's entry is _initialize, which runs the init functions.
func main() {}
