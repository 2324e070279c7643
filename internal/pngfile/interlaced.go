package pngfile

// interlaced decodes an interlaced picture: the samples of the region at its full size, and then their boxes. It
// returns how many rows, from the top, have all their pixels.
func (d *decoder) interlaced() int {
	each, width := d.box.channels, d.full.Dx()
	whole := make([]byte, each*width*d.full.Dy())
	rows := d.deinterlace(whole)
	for y := d.full.Min.Y; y < min(rows, d.full.Max.Y); y++ {
		d.put(whole[(y-d.full.Min.Y)*each*width:][:each*width], y)
	}
	d.flush(rows - 1)
	return rows
}

// deinterlace writes the samples of the region.
func (d *decoder) deinterlace(whole []byte) (rows int) {
	each, width := d.box.channels, d.full.Dx()
	expanded := make([]byte, each*d.Size.X)
	for i, p := range adam7 {
		size := p.size(d.Size)
		bytes := d.rowBytes(size.X)
		clear(d.lines[1][:bytes])
		for y := range size.Y {
			out := d.lines[y%2][:bytes]
			if !d.line(out, d.lines[(y+1)%2], bytes) {
				if i < len(adam7)-1 {
					return 0
				}
				return p.y + y*p.dy
			}
			to := p.y + y*p.dy - d.full.Min.Y
			if to < 0 || to >= d.full.Dy() {
				continue
			}
			d.spread(whole[to*each*width:][:each*width], expanded[:each*size.X], out, p)
		}
	}
	return d.Size.Y
}

// spread writes the samples of a row of a pass to the row of the region.
func (d *decoder) spread(row, expanded, line []byte, p pass) {
	if d.plain() {
		expanded = line
	} else {
		d.expand(expanded, line, 0)
	}
	each := d.box.channels
	first := max(0, (d.full.Min.X-p.x+p.dx-1)/p.dx)
	for x := first; x*each < len(expanded); x++ {
		to := (p.x + x*p.dx - d.full.Min.X) * each
		if to >= len(row) {
			return
		}
		copy(row[to:to+each], expanded[x*each:])
	}
}
