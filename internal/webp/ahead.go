package webp

// rowsAhead is the number of rows of macroblocks that are read ahead of reconstruction.
const rowsAhead = 4

// readAhead is readAll with a second goroutine, which reads the bitstream.
func (d *lossy) readAhead(n int, above []context) (read int) {
	free, full := make(chan *blockRow, rowsAhead), make(chan *blockRow, rowsAhead)
	for range rowsAhead {
		row := newBlockRow(d.frame.mbw)
		free <- &row
	}
	stop := make(chan struct{})
	var failure any
	go func() {
		defer close(full)
		defer func() { failure = recover() }() // the caller's goroutine reports it
		for y := range n {
			select {
			case row := <-free:
				if !d.frame.readRow(y, row, above) {
					return
				}
				full <- row
			case <-stop:
				return
			}
		}
	}()
	defer close(stop)
	for row := range full {
		d.finish(read, row)
		read++
		free <- row
	}
	if failure != nil {
		panic(failure)
	}
	return read
}
