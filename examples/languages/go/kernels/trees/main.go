// Trees of pointers, built, walked and dropped: the allocator and the garbage collector.
package main

type tree struct {
	left, right *tree
	key         int32
}

func (t *tree) insert(key int32) *tree {
	if t == nil {
		return &tree{key: key}
	}
	if key < t.key {
		t.left = t.left.insert(key)
	} else {
		t.right = t.right.insert(key)
	}
	return t
}

func (t *tree) sum(depth int64) int64 {
	if t == nil {
		return 0
	}
	return int64(t.key)*depth + t.left.sum(depth+1) + t.right.sum(depth+1)
}

func full(depth int32) *tree {
	if depth == 0 {
		return &tree{key: 1}
	}
	return &tree{full(depth - 1), full(depth - 1), depth}
}

//go:wasmexport run
func run(n int32) int64 {
	var check int64
	random := uint32(99)
	for round := range n {
		var root *tree
		for range 500 {
			random = random*1103515245 + 12345
			root = root.insert(int32(random>>8) & 0xffff)
		}
		check += root.sum(1)
		check = check*3 + full(10+round%2).sum(0)
	}
	return check
}

func main() {}
