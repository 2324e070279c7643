package jpeg

// Reading is the reading of a file's data, in which several goroutines may take part.
type Reading struct {
	file   *File
	shrink int
	crew   *crew
	begun  chan struct{} // closed once crew is set
}

// NewReading returns the reading of the data that pictures at 1/(1<<shrink) of the file's size need; shrink is 0 to 3.
func NewReading(f *File, shrink int) *Reading {
	return &Reading{file: f, shrink: shrink, begun: make(chan struct{})}
}

// Run reads the file, with d's memory. It must be called once. The caller must release the content. The error is
// ErrForeign if the file has no scan that can be decoded.
func (r *Reading) Run(d *Decoder) (*Content, error) {
	begin := func() { close(r.begun) }
	defer d.scanner.release()
	defer func() {
		if begin != nil {
			begin()
		}
	}()
	c := newContent(r.file, r.shrink)
	if r.crew = newCrew(c); r.crew != nil {
		begin()
		begin = nil
		if r.crew.smooth(d.Pair) {
			return c, nil
		}
	}
	c.empty()
	if err := c.read(&d.scanner.reader); err != nil {
		c.Release()
		return nil, err
	}
	return c, nil
}

// Help takes part in the reading that another goroutine runs, and returns when there is nothing to do any more.
func (r *Reading) Help() {
	<-r.begun
	if r.crew != nil {
		r.crew.help()
	}
}
