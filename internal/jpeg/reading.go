package jpeg

// Reading is the reading of a file's data, in which several goroutines may take part.
type Reading struct {
	file   *File
	shrink int
	crew   *crew
	begun  chan struct{} // closed once crew is set, or stays nil
}

// NewReading returns the reading of the data that pictures at 1/(1<<shrink) of the file's size need; shrink is 0 to 3.
func NewReading(f *File, shrink int) *Reading {
	return &Reading{file: f, shrink: shrink, begun: make(chan struct{})}
}

// Run reads the file, with d's memory. It must be called once. The caller must release the content. The error is
// ErrForeign if the file has no scan that can be decoded.
func (r *Reading) Run(d *Decoder) (*Content, error) {
	defer d.scanner.release()
	c := r.begin()
	if r.crew != nil && r.crew.smooth(d.Pair) {
		return c, nil
	}
	c.empty()
	if err := c.read(&d.scanner.reader); err != nil {
		c.Release()
		return nil, err
	}
	return c, nil
}

// begin returns content without any data, and sets the crew if several goroutines can read it.
func (r *Reading) begin() *Content {
	defer close(r.begun)
	c := newContent(r.file, r.shrink)
	r.crew = newCrew(c)
	return c
}

// Help takes part in the reading that another goroutine runs, and returns when there is nothing to do any more:
// at once if only one can read the file.
func (r *Reading) Help() {
	<-r.begun
	if r.crew != nil {
		r.crew.help()
	}
}
