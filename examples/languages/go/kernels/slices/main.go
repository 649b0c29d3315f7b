// Nested loops over slices of integers: a table of edit distances, and paths through a grid.
package main

func distance(a, b []byte) int {
	previous := make([]int, len(b)+1)
	current := make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i, x := range a {
		current[0] = i + 1
		for j, y := range b {
			cost := 1
			if x == y {
				cost = 0
			}
			current[j+1] = min(previous[j+1]+1, current[j]+1, previous[j]+cost)
		}
		previous, current = current, previous
	}
	return previous[len(b)]
}

func paths(grid [][]int32) int64 {
	best := make([][]int64, len(grid))
	for i, row := range grid {
		best[i] = make([]int64, len(row))
		for j, toll := range row {
			var before int64
			switch {
			case i > 0 && j > 0:
				before = min(best[i-1][j], best[i][j-1])
			case i > 0:
				before = best[i-1][j]
			case j > 0:
				before = best[i][j-1]
			}
			best[i][j] = before + int64(toll)
		}
	}
	last := best[len(best)-1]
	return last[len(last)-1]
}

func letters(seed uint32, count int32) []byte {
	text := make([]byte, count)
	for i := range text {
		seed = seed*1664525 + 1013904223
		text[i] = 'a' + byte(seed>>24)%4
	}
	return text
}

//go:wasmexport run
func run(n int32) int64 {
	a, b := letters(1, n), letters(2, n-n/8)
	grid := make([][]int32, n)
	for i := range grid {
		grid[i] = make([]int32, n)
		for j := range grid[i] {
			grid[i][j] = int32(a[i]^a[j])*3 + int32(i*j&7)
		}
	}
	return int64(distance(a, b))<<32 + paths(grid)
}

func main() {}
