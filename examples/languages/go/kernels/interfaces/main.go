// Calls through interfaces, closures and type switches.
package main

type shape interface {
	area() float64
	scale(by float64) shape
}

type square struct{ side float64 }
type rectangle struct{ width, height float64 }
type circle struct{ radius float64 }
type group struct{ shapes []shape }

func (s square) area() float64              { return s.side * s.side }
func (s square) scale(by float64) shape     { return square{s.side * by} }
func (r *rectangle) area() float64          { return r.width * r.height }
func (r *rectangle) scale(by float64) shape { r.width *= by; return r }
func (c circle) area() float64              { return 3 * c.radius * c.radius }
func (c circle) scale(by float64) shape     { return circle{c.radius * by} }
func (g group) area() (total float64) {
	for _, s := range g.shapes {
		total += s.area()
	}
	return total
}
func (g group) scale(by float64) shape {
	for i, s := range g.shapes {
		g.shapes[i] = s.scale(by)
	}
	return g
}

func kind(s shape) int64 {
	switch s := s.(type) {
	case square:
		return 1
	case *rectangle:
		return 2
	case group:
		return int64(len(s.shapes))
	default:
		return 4
	}
}

func fold(shapes []shape, into int64, step func(int64, shape) int64) int64 {
	for _, s := range shapes {
		into = step(into, s)
	}
	return into
}

//go:wasmexport run
func run(n int32) int64 {
	shapes := make([]shape, 0, 64)
	for i := range 60 {
		x := float64(i%7) + 1
		switch i % 4 {
		case 0:
			shapes = append(shapes, square{x})
		case 1:
			shapes = append(shapes, &rectangle{x, x + 1})
		case 2:
			shapes = append(shapes, circle{x})
		case 3:
			shapes = append(shapes, group{[]shape{square{x}, circle{x / 2}}})
		}
	}
	var check int64
	for round := range n {
		check = fold(shapes, check, func(sum int64, s shape) int64 {
			return sum + int64(s.area())*kind(s)
		})
		by := 0.5
		if round&1 == 0 {
			by = 2
		}
		for i, s := range shapes {
			shapes[i] = s.scale(by)
		}
	}
	return check
}

func main() {}
