// What Go's scheduler, locks, timers and panics ask of a runtime: each export ends only if they work together.
package main

import (
	"errors"
	"runtime"
	"sync"
	"time"
)

// primes counts the primes below n: one goroutine hands out ranges, four test them, the caller adds up.
//
//go:wasmexport primes
func primes(n int32) int32 {
	type span struct{ from, to int32 }
	work := make(chan span)
	counts := make(chan int32, 2)
	go func() {
		defer close(work)
		for from := int32(2); from < n; from += 100 {
			work <- span{from, min(from+100, n)}
		}
	}()
	var workers sync.WaitGroup
	for range 4 {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for s := range work {
				counts <- countPrimes(s.from, s.to)
			}
		}()
	}
	go func() {
		workers.Wait()
		close(counts)
	}()
	var total int32
	for c := range counts {
		total += c
	}
	return total
}

func countPrimes(from, to int32) int32 {
	var count int32
candidates:
	for p := from; p < to; p++ {
		for d := int32(2); d*d <= p; d++ {
			if p%d == 0 {
				continue candidates
			}
		}
		count++
	}
	return count
}

// locked has n goroutines count to n each under one mutex, giving way in between.
//
//go:wasmexport locked
func locked(n int32) int32 {
	var mutex sync.Mutex
	var done sync.WaitGroup
	var count int32
	for range n {
		done.Add(1)
		go func() {
			defer done.Done()
			for range n {
				mutex.Lock()
				before := count
				runtime.Gosched()
				count = before + 1
				mutex.Unlock()
			}
		}()
	}
	done.Wait()
	return count
}

// timeout waits for a message that comes after late ms, but no longer than limit ms: 1 if it came, 0 if not.
//
//go:wasmexport timeout
func timeout(late, limit int32) int32 {
	message := make(chan int32, 1)
	go func() {
		time.Sleep(time.Duration(late) * time.Millisecond)
		message <- 1
	}()
	select {
	case m := <-message:
		return m
	case <-time.After(time.Duration(limit) * time.Millisecond):
		return 0
	}
}

type node struct{ next *node }

// recovered panics in way kind, recovers, and says by a number of its own what it saw; 0 for no panic.
//
//go:wasmexport recovered
func recovered(kind int32) (seen int32) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case runtime.Error:
			seen = 10 + int32(len(p.Error()))
		case error:
			seen = 1
		case string:
			seen = 2
		}
	}()
	switch kind {
	case 1:
		panic(errors.New("an error"))
	case 2:
		panic("a string")
	case 3:
		numbers := make([]int32, kind)
		return numbers[kind]
	case 4:
		var none *node
		none.next = none.next.next
	case 5:
		return 100 / (kind - 5)
	}
	return 0
}

func main() {}
