// Maps with integers and with strings as keys: insert, look up, delete, iterate.
package main

import "strconv"

//go:wasmexport run
func run(n int32) int64 {
	counts := make(map[uint32]int32)
	words := make(map[string]int)
	random := uint32(12345)
	for i := range n {
		random = random*1664525 + 1013904223
		key := random >> 20
		counts[key] += i
		if random&7 == 0 {
			delete(counts, key^1)
		}
		words["w"+strconv.Itoa(int(key&511))]++
	}
	// The order of iteration is random: only sums of what it sees say the same twice.
	var check int64
	for key, count := range counts {
		check += int64(key) * int64(count)
	}
	for word, count := range words {
		check += int64(len(word)*count) ^ int64(word[len(word)-1])
	}
	for key := range uint32(4096) {
		if count, found := counts[key]; found {
			check += int64(count)
		}
	}
	return check
}

func main() {}
