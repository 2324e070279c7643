package jpeg

// LeastBytes returns a lower bound for the size of a file that has this picture: with Huffman codes, each block has at
// least one bit of a progressive file, and two bits of another one. Arithmetic coding has no bound.
func (f *File) LeastBytes() int64 {
	if f.arithmetic {
		return 0
	}
	bits := int64(0)
	for i := range f.parts {
		bits += int64(f.parts[i].width) * int64(f.parts[i].height)
	}
	if !f.progressive {
		bits *= 2
	}
	return bits / 8
}

// blocks returns the number of blocks of all components.
func (f *File) blocks() int64 {
	sum := int64(0)
	for i := range f.parts {
		sum += f.parts[i].blocks()
	}
	return sum
}

// ContentBytes returns the approximate memory of the file's Content at 1/(1<<shrink), in bytes.
func (f *File) ContentBytes(shrink int) int64 {
	each := int64(64) >> (2 * shrink)
	if f.progressive {
		return f.blocks() * (2*each + 10)
	}
	sum := f.blocks() * each
	for i := range f.parts {
		sum += int64(f.parts[i].across) * int64(f.parts[i].v) * each * 4
	}
	return sum
}

// PictureBytes returns the approximate memory that a picture at 1/(1<<shrink) needs besides its Content, in bytes.
func (f *File) PictureBytes(shrink int) int64 {
	sum := int64(0)
	if f.progressive {
		each := int64(64) >> (2 * shrink)
		sum = f.blocks()*each + int64(f.mcusX*f.hMax)*each*8
	}
	size := f.Scaled(shrink)
	pixels := int64(size.X) * int64(size.Y)
	switch {
	case f.colours == cmyk || f.colours == ycck || f.colours == rgb:
		sum += 4 * pixels
	case f.colours == ycbcr && !f.direct():
		sum += 3 * pixels
	}
	return sum
}

// Limits of what is read of a file.
const (
	maxScans       = 100
	maxWork        = 1_000_000_000 // pixels times scans
	arithmeticWork = 4             // of a scan with arithmetic coding, in scans with Huffman codes
)

// MostScans returns how many scans of the file are read, at most: a scan may be a few bytes for millions of pixels.
// What follows them is not read.
func (f *File) MostScans() int {
	work := maxWork
	if f.arithmetic {
		work /= arithmeticWork
	}
	return min(maxScans, max(1, work/(f.width*f.height)))
}
