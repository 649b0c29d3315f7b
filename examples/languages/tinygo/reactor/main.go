// The reactor of the first example, in Go as TinyGo compiles it: it keeps s between calls.
package main

import (
	"os"
	"strconv"
)

var s int32

func init() {
	s = 20
	// TinyGo's println writes to standard output.
	os.Stderr.WriteString("s = " + strconv.Itoa(int(s)) + "\n")
}

//go:wasmexport inc
func inc(n int32) int32 {
	s += n
	return s
}

func main() {}
