package webp

// rowsTogether is the number of rows that are handed over at a time.
const rowsTogether = 16

// eachAhead is each with a second goroutine, which reads the bitstream; this one undoes the transforms.
func (d *lossless) eachAhead(n int, use func(row []uint32)) {
	width := d.source.width
	free, full := make(chan []uint32, rowsAhead), make(chan []uint32, rowsAhead)
	for range rowsAhead {
		free <- make([]uint32, 0, rowsTogether*width)
	}
	stop := make(chan struct{})
	var failure any
	go func() {
		defer close(full)
		defer func() { failure = recover() }() // the caller's goroutine reports it
		for read := 0; read < n; {
			var rows []uint32
			select {
			case rows = <-free:
			case <-stop:
				return
			}
			var err error
			for rows = rows[:0]; len(rows) < cap(rows) && read < n && err == nil; {
				var row []uint32
				if row, err = d.source.row(); err == nil {
					rows = append(rows, row...)
					read++
				}
			}
			full <- rows
			if err != nil {
				return
			}
		}
	}()
	defer close(stop)
	for rows := range full {
		for at := 0; at < len(rows); at += width {
			use(d.undo(rows[at : at+width]))
		}
		free <- rows
	}
	if failure != nil {
		panic(failure)
	}
}
