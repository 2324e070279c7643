package main

import (
	"context"
	"fmt"
	"math"
	"time"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// steps lists the sizes at which growth is measured and the number of cards that are drawn at each.
type steps struct {
	megapixels, codePoints   []float64
	cardsOfSize, cardsOfText int
}

func (b *bench) steps() steps {
	if b.short {
		return steps{[]float64{1, 4, 16}, []float64{10, 100, 1000}, 3, 10}
	}
	return steps{[]float64{0.5, 1, 2, 4, 8, 16, 24}, []float64{10, 30, 100, 300, 1000}, 9, 60}
}

// linear is the largest exponent that counts as linear. It allows for noise: twice the size may take 2.14 times as
// long.
const linear = 1.1

// curves measures how the time for a card grows with the pixels of its photo and with the length of its text.
func (b *bench) curves(ctx context.Context) (all []curve, err error) {
	err = b.withService(ctx, nil, func(s *instance.Service) error {
		pixels, err := b.byPixels(ctx, s)
		if err != nil {
			return err
		}
		text, err := b.byText(ctx, s)
		all = []curve{pixels, text}
		return err
	})
	return all, err
}

// byPixels measures photos of different sizes. All are cut from the middle of one large scene, so that the cost of a
// pixel is the same in all.
func (b *bench) byPixels(ctx context.Context, s *instance.Service) (curve, error) {
	c := curve{Name: "a photo card, by its photo's pixels", XLabel: "megapixels", YLabel: "ms",
		Goal: "no faster than linear"}
	scene := sample.Large.Paint()
	for _, mp := range b.steps().megapixels {
		m := sample.Middle(scene, mp)
		data, err := sample.Encode(m, b.largeQuality)
		if err != nil {
			return c, err
		}
		size := m.Bounds().Size()
		p, err := timed(ctx, b.steps().cardsOfSize, func() (string, error) {
			id, err := b.upload(ctx, s, data)
			q := sample.Card(b.number())
			q.Set("photo", id)
			q.Set("strict", "1")
			return instance.Sign("/v1/card.jpg", q), err
		}, s)
		if err != nil {
			return c, err
		}
		p.X = math.Round(float64(size.X*size.Y)/1e4) / 100
		c.Points = append(c.Points, p)
	}
	c.Value = exponent(c.Points, 4)
	c.Met = judge(c.Value <= linear)
	return c, nil
}

func (b *bench) byText(ctx context.Context, s *instance.Service) (curve, error) {
	c := curve{Name: "a text card, by its headline's length", XLabel: "code points", YLabel: "ms",
		Goal: "no faster than linear"}
	for _, n := range b.steps().codePoints {
		p, err := timed(ctx, b.steps().cardsOfText, func() (string, error) {
			q := sample.Card(b.number())
			q.Set("headline", sample.Headline(int(n), b.number()))
			return instance.Sign("/v1/card.png", q), nil
		}, s)
		if err != nil {
			return c, err
		}
		p.X = n
		c.Points = append(c.Points, p)
	}
	c.Value = exponent(c.Points, 3)
	c.Met = judge(c.Value <= linear)
	return c, nil
}

// timed requests n pictures one after another and returns the median and 99th percentile of the times. The call of
// address, which returns the address of the next picture, is not included in the times.
func timed(ctx context.Context, n int, address func() (string, error), s *instance.Service) (point, error) {
	times := make([]float64, 0, n)
	for range n {
		a, err := address()
		if err != nil {
			return point{}, err
		}
		began := time.Now()
		if _, err := pictureBytes(ctx, s, a); err != nil {
			return point{}, fmt.Errorf("%s: %w", a[:min(len(a), 60)], err)
		}
		times = append(times, ms(time.Since(began)))
	}
	return point{P50: median(times), P99: quantile(times, 0.99)}, nil
}

// exponent returns the power of X with which the time grows over the last n points: the slope of a straight line
// through their logarithms (least squares). 1 means linear growth, 0 none.
func exponent(points []point, n int) float64 {
	points = points[max(0, len(points)-n):]
	var sx, sy, sxx, sxy float64
	for _, p := range points {
		x, y := math.Log(p.X), math.Log(p.P50)
		sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	k := float64(len(points))
	return (k*sxy - sx*sy) / (k*sxx - sx*sx)
}
