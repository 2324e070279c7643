package webp

// rowsAhead is the number of rows of macroblocks that are read ahead of reconstruction.
const rowsAhead = 4

// readAhead is readAll with a second goroutine, which reads coefficients; this one does the rest.
func (d *lossy) readAhead(n int) (read int) {
	f := d.frame
	modes := make([]edgeModes, f.mbw)
	ready, full := make(chan *blockRow, rowsAhead), make(chan *blockRow, rowsAhead) // none of both ever blocks
	fed, open := 0, true
	feed := func(row *blockRow) {
		if open && fed < n && f.readModeRow(row, modes) {
			ready <- row
			fed++
		} else if open {
			close(ready)
			open = false
		}
	}
	for range rowsAhead {
		row := newBlockRow(f.mbw)
		feed(&row)
	}
	defer func() {
		if open {
			close(ready)
		}
	}()
	var failure any
	go func() {
		defer close(full)
		defer func() { failure = recover() }() // the caller's goroutine reports it
		f.readResidues(ready, full)
	}()
	for row := range full {
		d.finish(read, row)
		read++
		feed(row)
	}
	if failure != nil {
		panic(failure)
	}
	return read
}

// readResidues reads the coefficients of rows as long as the data has them.
func (f *frame) readResidues(ready <-chan *blockRow, full chan<- *blockRow) {
	above := make([]context, f.mbw)
	y := 0
	for row := range ready {
		if !f.readResidueRow(y, row, above) {
			return
		}
		full <- row
		y++
	}
}
