package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/sqlite"
)

// asked is the number of measured requests of each kind for each point.
const asked = 500

// flat is the maximum ratio of the time with the full shelf to the time with a hundredth of it.
const flat = 1.5

// shelf is a data folder of the service that is filled in steps: a hundredth, a tenth and the whole.
type shelf struct {
	b    *bench
	data string
}

// shelves measures requests with few and with many stored articles and cached pictures. It returns one curve for each
// kind of request.
func (b *bench) shelves(ctx context.Context, articles, cards int) ([]curve, error) {
	data, err := os.MkdirTemp(b.dir, "shelf-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(data)
	sh := shelf{b, data}
	var all []curve
	for _, part := range []struct {
		fill  func(ctx context.Context, from, to int) error
		asks  []ask
		total int
	}{{sh.articles, articleAsks, articles}, {sh.cards, cardAsks, cards}} {
		curves, err := sh.measure(ctx, part.fill, part.asks, part.total)
		if err != nil {
			return nil, err
		}
		all = append(all, curves...)
	}
	return all, nil
}

// ask is a kind of request.
type ask struct {
	name, x string
	send    func(ctx context.Context, b *bench, s *instance.Service, total int) error
}

var articleAsks = []ask{
	{"an article by its id", "articles", func(ctx context.Context, _ *bench, s *instance.Service, total int) error {
		_, _, err := s.Get(ctx, "/v1/articles/"+articleID(rand.IntN(total)))
		return err
	}},
	{"a short link, counted", "articles", func(ctx context.Context, _ *bench, s *instance.Service, total int) error {
		return redirected(s.Get(ctx, "/s/"+articleCode(rand.IntN(total))))
	}},
}

var cardAsks = []ask{
	{"a cached picture, read from the disk", "cached pictures",
		func(ctx context.Context, b *bench, s *instance.Service, _ int) error {
			_, err := pictureBytes(ctx, s, b.keptAddress(rand.IntN(keptCards)))
			return err
		}},
	{"a new text card, rendered and cached", "cached pictures",
		func(ctx context.Context, b *bench, s *instance.Service, _ int) error {
			_, err := b.card(ctx, s, "")
			return err
		}},
}

// measure fills the shelf to a hundredth, a tenth and the whole of total, and measures the requests at each step.
func (sh shelf) measure(ctx context.Context, fill func(context.Context, int, int) error, asks []ask,
	total int) ([]curve, error) {
	curves := make([]curve, len(asks))
	for i, a := range asks {
		curves[i] = curve{Name: a.name, XLabel: a.x, YLabel: "ms", Goal: "flat"}
	}
	have := 0
	for _, want := range []int{total / 100, total / 10, total} {
		if err := fill(ctx, have, want); err != nil {
			return nil, err
		}
		have = want
		if err := sh.ask(ctx, asks, curves, want); err != nil {
			return nil, err
		}
	}
	for i := range curves {
		p := curves[i].Points
		curves[i].Value = p[len(p)-1].P50 / p[0].P50
		curves[i].Met = judge(curves[i].Value <= flat)
	}
	return curves, nil
}

// ask starts a service with the shelf and a memory cache of only 1 MiB, measures each kind of request, and adds a point
// to each curve.
func (sh shelf) ask(ctx context.Context, asks []ask, curves []curve, total int) error {
	s, err := instance.Start(ctx, sh.b.program, sh.data, "--memory-cache", "1048576", "--no-draw-ahead")
	if err != nil {
		return err
	}
	if err := sh.b.keep(ctx, s); err != nil {
		return errors.Join(err, s.Kill())
	}
	for i, a := range asks {
		times := make([]float64, 0, asked)
		for n := range asked + asked/10 {
			began := time.Now()
			if err := a.send(ctx, sh.b, s, total); err != nil {
				return errors.Join(fmt.Errorf("%s: %w", a.name, err), s.Kill())
			}
			if n >= asked/10 { // the first requests are a warm-up
				times = append(times, ms(time.Since(began)))
			}
		}
		p := point{X: float64(total), P50: median(times), P99: quantile(times, 0.99)}
		curves[i].Points = append(curves[i].Points, p)
		fmt.Fprintf(os.Stderr, "%-44s %9d  %.3f ms, p99 %.3f ms\n", a.name, total, p.P50, p.P99)
	}
	return s.Stop()
}

// redirected returns nil if the response is 302 Found, the expected response of a short link, and an error otherwise.
func redirected(_ []byte, _ http.Header, err error) error {
	var status *instance.StatusError
	if errors.As(err, &status) && status.Status == http.StatusFound {
		return nil
	}
	return errors.Join(errors.New("not redirected"), err)
}

func articleID(i int) string   { return fmt.Sprintf("story-%d", i) }
func articleCode(i int) string { return fmt.Sprintf("b%09d", i) }

// articles stores articles. Their numbers begin at from and end before to.
func (sh shelf) articles(ctx context.Context, from, to int) error {
	db, err := sqlite.Open(ctx, filepath.Join(sh.data, "cards.db"), sqlite.Options{})
	if err != nil {
		return err
	}
	now := time.Now()
	for i := from; i < to && err == nil; i++ {
		a := article.Article{
			ID: articleID(i), URL: fmt.Sprintf("https://news.example/%d/storm", i), Site: "The Harbor Post", Lang: "en",
			Headline: fmt.Sprintf("Storm front number %d stalls over the west coast", i),
		}
		_, _, err = db.PutArticle(ctx, store.Record{Article: a, Version: a.Version(""), Code: articleCode(i), Created: now,
			Updated: now}, store.Seen{})
	}
	return errors.Join(err, db.Close())
}

// fillerBytes is the size of the pictures that only fill the shelf. They can be small, because the measurement is about
// finding one file among many.
const fillerBytes = 2048

// fillers is the number of concurrent writers, so that their waits for the disk overlap.
const fillers = 16

// cards stores filler pictures in the disk cache of drawn cards. Their numbers begin at from and end before to.
func (sh shelf) cards(ctx context.Context, from, to int) error {
	disk, err := blob.NewDisk(filepath.Join(sh.data, "pictures"), blob.DiskOptions{})
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	errs := make([]error, fillers)
	for w := range fillers {
		wg.Go(func() {
			data := make([]byte, fillerBytes)
			for i := from + w; i < to && errs[w] == nil; i += fillers {
				errs[w] = disk.Put(ctx, fmt.Sprintf("card-%026d.png", i), data)
			}
		})
	}
	wg.Wait()
	return errors.Join(errors.Join(errs...), disk.Close())
}

// keptCards is the number of cards that are drawn before the measurement and requested again in it. Together they are
// larger than the memory cache.
const keptCards = 200

// keep draws the cards that are requested again.
func (b *bench) keep(ctx context.Context, s *instance.Service) error {
	for i := range keptCards {
		if _, err := pictureBytes(ctx, s, b.keptAddress(i)); err != nil {
			return err
		}
	}
	return nil
}
