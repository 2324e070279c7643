package jpeg

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"newsroom.example/cards/internal/scene"
)

// samePair checks that decoding with a second goroutine from the mark gives the same result as with one.
func samePair(t testing.TB, p *Picture, region image.Rectangle, shrink, mark int) {
	t.Helper()
	var one, two Decoder
	j, pair := newJob(p, region, shrink), newJob(p, region, shrink)
	if j.mcus.Empty() {
		return
	}
	one.image(j, shrink)
	two.image(pair, shrink)
	var a ahead
	a.send(pair, mark)
	for !a.known.Load() {
		runtime.Gosched() // let the second goroutine get ahead, so that the test does not depend on the scheduler
	}
	want, err := one.scan(j), two.follow(pair, &a, mark)
	if (err == nil) != (want == nil) {
		t.Fatalf("%v at 1/%d from %d on: %v, want %v", region, 1<<shrink, mark, err, want)
	}
	for i := range j.comps {
		if err == nil && !bytes.Equal(j.planes[i].pix, pair.planes[i].pix) {
			t.Fatalf("%v at 1/%d from %d on: plane %d is not the same", region, 1<<shrink, mark, i)
		}
	}
}

// marks returns about n offsets at which a second goroutine may start.
func marks(p *Picture, n int) (all []int) {
	for mark := 1; mark < len(p.scan); mark += max(1, len(p.scan)/n) {
		if p.scan[mark-1] != 0xff {
			all = append(all, mark)
		}
	}
	return all
}

// TestPairsDecodeAsOne: two goroutines decode like one, wherever the second starts, whatever the region, and
// however the data ends.
func TestPairsDecodeAsOne(t *testing.T) {
	before := runtime.NumGoroutine()
	r := rand.New(rand.NewPCG(3, 3))
	for quality := 20; quality <= 100; quality += 40 {
		p, err := Open(encoded(t, scene.Photo(420, 300, 110-quality, 5), quality))
		if err != nil {
			t.Fatal(err)
		}
		whole := p.scan
		for shrink := range 4 {
			size := p.Scaled(shrink)
			for _, region := range []image.Rectangle{{Max: size}, {Min: size.Div(3), Max: size.Mul(2).Div(3)}, {Max: image.Pt(size.X, size.Y/2)}} {
				for _, mark := range marks(p, 8) {
					samePair(t, p, region, shrink, mark)
				}
				p.scan = bytes.Clone(whole[:len(whole)/2+r.IntN(len(whole)/2)])
				for _, mark := range marks(p, 4) {
					samePair(t, p, region, shrink, mark)
					p.scan[len(p.scan)-1-r.IntN(len(p.scan)/2)] ^= 4
				}
				p.scan = whole
			}
		}
	}
	noneLeft(t, before)
}

// noneLeft waits until no more goroutines run than before. A goroutine may still run for a moment after it has
// reported its result.
func noneLeft(t *testing.T, before int) {
	t.Helper()
	for range 1000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines are left of %d", runtime.NumGoroutine(), before)
}

// TestPairsMeet: in large photos the two goroutines meet, so that the second one's work is used.
func TestPairsMeet(t *testing.T) {
	for quality := 75; quality <= 95; quality += 10 {
		p, err := Open(encoded(t, scene.Photo(1300, 900, 14, 5), quality))
		if err != nil {
			t.Fatal(err)
		}
		for shrink := range 4 {
			mark := newJob(p, image.Rectangle{Max: p.Scaled(shrink)}, shrink).middle()
			if mark == 0 {
				t.Errorf("quality %d: %d bytes are not halved", quality, len(p.scan))
			}
			samePair(t, p, image.Rectangle{Max: p.Scaled(shrink)}, shrink, mark)
			var a ahead
			a.begin(p.scan[mark:])
			j := newJob(p, image.Rectangle{Max: p.Scaled(shrink)}, shrink)
			j.mcus.Min.Y = j.mcus.Max.Y // no samples
			for a.err == nil && !a.known.Load() {
				a.step(j.kept)
			}
			var s scanner
			s.begin(p, mark)
			i, err := j.scan(&s, 0)
			if err != nil {
				t.Fatal(err)
			}
			if m, err := j.meets(&s, a.starts, i); m.ahead < 0 {
				t.Errorf("quality %d at 1/%d: no meeting after %d beginnings: %v", quality, 1<<shrink, a.wrong+1, err)
			}
		}
	}
}

// TestPairsSurvivePanics: a panic in the second goroutine becomes an error. After a panic in the first one, the
// second one ends too.
func TestPairsSurvivePanics(t *testing.T) {
	before := runtime.NumGoroutine()
	p, err := Open(encoded(t, scene.Photo(600, 400, 30, 5), 90))
	if err != nil {
		t.Fatal(err)
	}
	pair := func(missing int) (err error) {
		var d Decoder
		j := newJob(p, image.Rectangle{Max: p.Size()}, 0)
		d.image(j, 0)
		j.planes[0].pix = j.planes[0].pix[:len(j.planes[0].pix)*(4-missing)/4]
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("the first: %v", r)
			}
		}()
		var a ahead
		a.send(j, len(p.scan)/2)
		for !a.known.Load() {
			runtime.Gosched()
		}
		return d.follow(j, &a, len(p.scan)/2)
	}
	if err := pair(0); err != nil {
		t.Error(err)
	}
	if err := pair(1); !errors.Is(err, ErrForeign) {
		t.Errorf("no room for the end: %v", err)
	}
	if err := pair(4); err == nil || errors.Is(err, ErrForeign) {
		t.Errorf("no room at all: %v", err)
	}
	noneLeft(t, before)
}

func BenchmarkPair(b *testing.B) {
	data := benchPhoto(b)
	for shrink := range 4 {
		b.Run(fmt.Sprint("1/", 1<<shrink), func(b *testing.B) {
			d := Decoder{Pair: true}
			for b.Loop() {
				p, err := Open(data)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := d.Decode(p, image.Rectangle{Max: p.Scaled(shrink)}, shrink); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
