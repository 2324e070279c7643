package jpeg

import "math"

// begin prepares to read from the middle of a scan.
func (a *ahead) begin(src []byte) {
	a.start(src, nil)
	a.until = math.MaxInt
	a.wrong, a.err = 0, nil
	a.forget()
	a.known.Store(false)
	a.meet, a.done = make(chan meeting, 1), make(chan error, 1)
}

// forget begins anew at the bit that is next.
func (a *ahead) forget() { a.starts, a.read, a.dc = a.starts[:0], 0, [3]int32{} }

// work is run, but a panic is an error: nobody above this goroutine could recover from it, and
// the process would end with it.
func (a *ahead) work(j *job) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = foreign("%v", r)
		}
	}()
	return a.run(j)
}

// run reads ahead until it is told what its MCUs are, and makes samples of them. It returns where
// the picture or its data ends, or where it is told that the other goroutine goes on alone.
func (a *ahead) run(j *job) error {
	for a.err == nil && a.read < aheadMost*j.kept.most {
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

// step reads one MCU while it is noted where they begin, and then as many as the plan takes.
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
	if err != nil && noting && !a.spent() && a.wrong < anew {
		a.wrong++
		a.forget()
		return
	}
	a.read, a.err = a.read+done-first, err
	a.known.Store(a.read >= noted)
}

// keep is the memory of the i-th plan's coefficients.
func (a *ahead) keep(i int) *[planCoeffs]int32 {
	if i == len(a.kept) {
		a.kept = append(a.kept, new([planCoeffs]int32))
	}
	return a.kept[i]
}

// finish makes samples of what was read from the meeting on, and reads what is left.
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

// place makes samples of n MCUs in a row, whose means are off: those of them that are kept.
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
