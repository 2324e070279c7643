package faces

// plane is a layer's values: its last rows, each with a border of zeros of one pixel at either end.
type plane struct {
	w, h, c int     // pixels, and values of a pixel
	kept    int     // rows
	made    int     // rows so far
	v       []int16 // the kept rows, and a row of zeros
}

// reach is the number of rows that a row of the next layer is made of.
const reach = 4

// sized makes a plane without rows, in the memory of p.
func (p *plane) sized(w, h, c, kept int) {
	p.w, p.h, p.c, p.kept, p.made = w, h, c, kept, 0
	row := p.long()
	p.v = resized(p.v, (kept+1)*row)
	clear(p.v[kept*row:])
}

// long returns the values of a row with its border.
func (p *plane) long() int { return (p.w + 2) * p.c }

// row returns row y with its border. It must have been made, and not be replaced by a later one; the rows before the
// first and after the last are zeros.
func (p *plane) row(y int) []int16 {
	at := y % p.kept
	if y < 0 || y >= p.h {
		at = p.kept
	}
	return p.v[at*p.long():][:p.long()]
}

// next returns the pixels of the row that is made next.
func (p *plane) next() []int16 {
	row := p.row(p.made)
	clear(row[:p.c])
	clear(row[len(row)-p.c:])
	p.made++
	return row[p.c : len(row)-p.c]
}
