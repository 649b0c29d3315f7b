// The sieve of Eratosthenes over a slice of bools.
package main

const limit = 200_000

func sieve(composite []bool) (count, last int) {
	clear(composite)
	for p := 2; p < len(composite); p++ {
		if composite[p] {
			continue
		}
		count++
		last = p
		for multiple := p * p; multiple < len(composite); multiple += p {
			composite[multiple] = true
		}
	}
	return count, last
}

//go:wasmexport run
func run(n int32) int64 {
	var check int64
	composite := make([]bool, limit)
	for i := range n {
		count, last := sieve(composite[:limit-int(i)*100])
		check = check*31 + int64(count*7+last)
	}
	return check
}

func main() {}
