// Goroutines in a row, a channel between each two: the scheduler.
package main

import "sync"

func stage(in <-chan int64, factor int64) <-chan int64 {
	out := make(chan int64)
	go func() {
		defer close(out)
		for x := range in {
			out <- x*factor + 1
		}
	}()
	return out
}

//go:wasmexport run
func run(n int32) int64 {
	source := make(chan int64, 16)
	go func() {
		defer close(source)
		for i := range n {
			source <- int64(i)
		}
	}()
	var last <-chan int64 = source
	for factor := range int64(4) {
		last = stage(last, factor+1)
	}
	var mutex sync.Mutex
	var readers sync.WaitGroup
	var check int64
	for range 3 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for x := range last {
				mutex.Lock()
				check += x ^ 0x55
				mutex.Unlock()
			}
		}()
	}
	readers.Wait()
	return check
}

func main() {}
