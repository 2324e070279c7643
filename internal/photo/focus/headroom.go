package focus

// What a step in brightness between neighbours of the thumbnail must be to count as an edge, and
// how many of 1,000 pixels must have one for something to be seen.
const (
	edge       = 16
	edgesLeast = 5
)

// headroom is the share of the photo's height, from the top, in which nothing is seen: sky, a wall,
// mist. It keeps a cell's height from what comes below; 0 where something is seen at the top.
func (t *thumb) headroom() float64 {
	for top := 0; top+cell <= t.h; top += cell {
		edges := 0
		for y := top; y < top+cell; y++ {
			edges += edgesOf(t.y[y*t.w:][:t.w], t.y[min(y+1, t.h-1)*t.w:][:t.w])
		}
		if 1000*edges >= edgesLeast*cell*t.w {
			return float64(max(0, top-cell)) / float64(t.h)
		}
	}
	return 1
}

// edgesOf counts the pixels of a row that differ from the next one or from the one below.
func edgesOf(row, below []uint8) (n int) {
	below = below[:len(row)]
	for x, v := range row {
		next := row[min(x+1, len(row)-1)]
		if abs(int(v)-int(next)) >= edge || abs(int(v)-int(below[x])) >= edge {
			n++
		}
	}
	return n
}
