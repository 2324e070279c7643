package focus

// The difference in brightness between neighbouring pixels of the thumbnail that counts as an edge, and how many of
// 1,000 pixels must be edges for detail to be visible.
const (
	edge       = 16
	edgesLeast = 5
)

// headroom returns the share of the photo's height, from the top, without visible detail, such as sky, a wall or
// mist. It leaves a distance of one cell to the detail below. It is 0 if there is detail at the top.
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

// edgesOf returns the number of pixels of a row that differ from the next one or from the one below.
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
