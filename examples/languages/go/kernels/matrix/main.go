// Products of matrices of slices of float64, each row a slice of its own.
package main

const size = 64

func filled(seed float64) [][]float64 {
	m := make([][]float64, size)
	for i := range m {
		m[i] = make([]float64, size)
		for j := range m[i] {
			m[i][j] = seed + float64((i*7+j*3)%11)
		}
	}
	return m
}

func multiply(a, b, into [][]float64) {
	for i, row := range a {
		out := into[i]
		for j := range out {
			sum := 0.0
			for k, x := range row {
				sum += x * b[k][j]
			}
			out[j] = sum
		}
	}
}

//go:wasmexport run
func run(n int32) int64 {
	a, b, c := filled(0.5), filled(-2), filled(0)
	var check float64
	for range n {
		multiply(a, b, c)
		check += c[size/2][size/3]
		a[int(check)&(size-1)][3] += 0.25
	}
	return int64(check * 8)
}

func main() {}
