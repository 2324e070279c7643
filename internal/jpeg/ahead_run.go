package jpeg

import "math"

// begin prepares decoding from the middle of a scan.
func (a *ahead) begin(src []byte) {
	a.start(src, nil)
	a.until = math.MaxInt
	a.wrong, a.err = 0, nil
	a.forget()
	a.known.Store(false)
	a.meet, a.done = make(chan meeting, 1), make(chan error, 1)
}

// forget discards all decoded MCUs and starts again at the next bit.
func (a *ahead) forget() { a.starts, a.read, a.dc = a.starts[:0], 0, [3]int32{} }

// work calls run and turns a panic into an error. An unrecovered panic in this goroutine would end the
// process.
func (a *ahead) work(j *job) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = foreign("%v", r)
		}
	}()
	return a.run(j)
}

// run decodes until it receives a meeting, and then finishes its part of the picture. If it is told
// that there is no meeting, it returns.
func (a *ahead) run(j *job) error {
	for a.err == nil && a.read < maxAhead*j.kept.most {
		select {
		case m, met := <-a.meet:
			return a.finish(j, m, met)
		default:
			a.step(j.kept)
		}
	}
	a.known.Store(true)
	m, met := <-a.meet
	return a.finish(j, m, met)
}

// step decodes one MCU while their starts are recorded, and afterwards as many as the plan takes.
func (a *ahead) step(p *plan) {
	first := a.read % p.most
	last := p.most
	noting := !a.known.Load()
	if noting {
		a.starts = append(a.starts, start{a.since(), a.dc})
		last = first + 1
	}
	a.coeffs = a.keep(a.read / p.most)
	done, err := a.decode(p, first, last)
	if err != nil && noting && !a.spent() && a.wrong < maxRetries {
		a.wrong++
		a.forget()
		return
	}
	a.read, a.err = a.read+done-first, err
	a.known.Store(a.read >= maxStarts)
}

// keep returns the memory for the coefficients of plan i.
func (a *ahead) keep(i int) *[planCoeffs]int32 {
	if i == len(a.kept) {
		a.kept = append(a.kept, new([planCoeffs]int32))
	}
	return a.kept[i]
}

// finish computes the samples of the MCUs decoded since the meeting, and decodes the rest of the
// picture.
func (a *ahead) finish(j *job, m meeting, met bool) error {
	if !met {
		return nil
	}
	i, p := m.mcu, j.kept
	for at := m.ahead; at < a.read && i < j.end; {
		first := at % p.most
		n := min(p.most-first, a.read-at, j.end-i, j.mcusX-i%j.mcusX)
		a.place(j, a.kept[at/p.most], m.off, first, n, i)
		at, i = at+n, i+n
	}
	switch {
	case i == j.end:
		return nil
	case a.err != nil:
		return a.err
	}
	for c := range a.dc {
		a.dc[c] += m.off[c]
	}
	a.coeffs = a.keep(0)
	_, err := j.scan(&a.scanner, i)
	return err
}

// place adds the offsets to the DC values of n MCUs in one row of the picture, and computes the samples
// of those within the region.
func (a *ahead) place(j *job, coeffs *[planCoeffs]int32, off [3]int32, first, n, i int) {
	x := i % j.mcusX
	from, to := max(x, j.mcus.Min.X), min(x+n, j.mcus.Max.X)
	if i/j.mcusX < j.mcus.Min.Y || from >= to {
		return
	}
	first += from - x
	for _, b := range j.kept.blocks[:j.kept.count] {
		for m := first; m < first+to-from; m++ {
			coeffs[b.at+m*b.step] += off[b.comp]
		}
	}
	j.transform(coeffs, first, to-from, i+from-x)
}
