// Sorting: generic on integers, by a comparing function on structures, through an interface.
package main

import (
	"cmp"
	"slices"
	"sort"
)

type entry struct {
	key   uint32
	name  string
	value float64
}

type byValue []entry

func (s byValue) Len() int           { return len(s) }
func (s byValue) Less(i, j int) bool { return s[i].value < s[j].value }
func (s byValue) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

var names = [...]string{"oak", "ash", "elm", "fir", "yew", "birch", "alder", "maple"}

//go:wasmexport run
func run(n int32) int64 {
	random := uint32(2463534242)
	next := func() uint32 {
		random ^= random << 13
		random ^= random >> 17
		random ^= random << 5
		return random
	}
	numbers := make([]int32, 4*n)
	for i := range numbers {
		numbers[i] = int32(next())
	}
	entries := make([]entry, n)
	for i := range entries {
		key := next()
		entries[i] = entry{key, names[key%8], float64(key%1000) + float64(i)/4096}
	}
	slices.Sort(numbers)
	slices.SortFunc(entries, func(a, b entry) int {
		if c := cmp.Compare(a.name, b.name); c != 0 {
			return c
		}
		return cmp.Compare(a.key, b.key)
	})
	check := int64(numbers[n/2]) + int64(entries[n/3].key)
	sort.Sort(byValue(entries))
	for i, e := range entries {
		check = check*31 + int64(e.key) + int64(i)
	}
	return check
}

func main() {}
