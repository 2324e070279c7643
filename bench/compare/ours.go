package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// way is how a photo reaches the service.
type way int

const (
	byURL    way = iota // the card's request names its address on loopback, where the service fetches it
	uploaded            // it is uploaded, then the card is asked for: both are timed
	kept                // it was uploaded before; the card alone is timed
)

// ours is the service itself, from outside, over HTTP.
type ours struct {
	b     *bench
	way   way
	lanes int
	flags []string
}

func (o ours) turn(ctx context.Context, j job) (turn, error) {
	var t turn
	err := o.b.withService(ctx, o.flags, func(s *instance.Service) (err error) {
		t, err = o.on(ctx, s, j)
		if err == nil {
			t.Peak, err = instance.Peak(s.PID())
		}
		return err
	})
	return t, err
}

// on takes the turn on a running service.
func (o ours) on(ctx context.Context, s *instance.Service, j job) (turn, error) {
	draw := o.draw(s, j)
	if o.way == kept && j.photo != nil {
		return o.onKept(ctx, s, j)
	}
	if _, err := load(ctx, o.lanes, j.warm, draw); err != nil {
		return turn{}, err
	}
	return load(ctx, o.lanes, j.seconds, draw)
}

// mostKept bounds the photos that are uploaded beforehand; more cards than those take them in turn.
const mostKept = 60

// onKept uploads photos before what is timed, about as many as the warm seconds tell are wanted.
func (o ours) onKept(ctx context.Context, s *instance.Service, j job) (turn, error) {
	warm, err := load(ctx, o.lanes, j.warm, ours{o.b, uploaded, o.lanes, nil}.draw(s, j))
	if err != nil {
		return turn{}, err
	}
	ids := make([]string, min(mostKept, int(1.5*(warm.Rate+1)*j.seconds)+o.lanes))
	for i := range ids {
		if ids[i], err = o.b.upload(ctx, s, j.photo.data); err != nil {
			return turn{}, err
		}
	}
	var next atomic.Int64
	return load(ctx, o.lanes, j.seconds, func(ctx context.Context) (int, error) {
		return o.b.card(ctx, s, ids[int(next.Add(1))%len(ids)])
	})
}

// draw has one card more from the service.
func (o ours) draw(s *instance.Service, j job) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		switch {
		case j.photo == nil:
			return o.b.card(ctx, s, "")
		case o.way == byURL:
			return o.b.card(ctx, s, o.b.photos.address(j.photo.name, o.b.number()))
		}
		id, err := o.b.upload(ctx, s, j.photo.data)
		if err != nil {
			return 0, err
		}
		return o.b.card(ctx, s, id)
	}
}

// card draws one card that nobody drew before, with the photo unless that is empty, and returns its
// bytes' count. A card without its photo is an error.
func (b *bench) card(ctx context.Context, s *instance.Service, photo string) (int, error) {
	q, path := sample.Card(b.number()), "/v1/card.png"
	q.Set("strict", "1") // or a card that comes late is refused, or comes without its photo
	if photo != "" {
		q.Set("photo", photo)
		path = "/v1/card.jpg"
	}
	return pictureBytes(ctx, s, instance.Sign(path, q))
}

// pictureBytes is the count of a picture's bytes.
func pictureBytes(ctx context.Context, s *instance.Service, address string) (int, error) {
	data, header, err := s.Fetch(ctx, address)
	if why := header.Get("X-Card-Degraded"); err == nil && why != "" {
		err = fmt.Errorf("the card is without its photo: %s", why)
	}
	return len(data), err
}

// upload puts the photo, in bytes of its own, and returns its id.
func (b *bench) upload(ctx context.Context, s *instance.Service, data []byte) (string, error) {
	parts := sample.Marked(data, b.number())
	body := io.MultiReader(bytes.NewReader(parts[0]), bytes.NewReader(parts[1]), bytes.NewReader(parts[2]))
	raw, _, err := s.Do(ctx, http.MethodPost, "/v1/photos", body)
	if err != nil {
		return "", fmt.Errorf("upload: %w", err)
	}
	var answer struct{ ID string }
	err = json.Unmarshal(raw, &answer)
	return answer.ID, err
}

// withService runs use on a fresh service with an empty data folder, which is there until the bench ends:
// what is deleted is felt by the next turn (quiet).
func (b *bench) withService(ctx context.Context, flags []string, use func(*instance.Service) error) error {
	data, err := os.MkdirTemp(b.dir, "data-")
	if err != nil {
		return err
	}
	s, err := instance.Start(ctx, b.program, filepath.Join(data, "data"), flags...)
	if err != nil {
		return err
	}
	if err := use(s); err != nil {
		_ = s.Kill()
		return err
	}
	return s.Stop()
}

// photoServer gives photos over loopback HTTP, under as many addresses as are asked for, each in bytes
// of its own.
type photoServer struct {
	base   string
	server *http.Server
	photos map[string]*photo
}

func (p *photoServer) address(name string, n int) string {
	return fmt.Sprintf("%s/%s/%d.jpg", p.base, url.PathEscape(name), n)
}

func (p *photoServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var n int
	wanted, ok := p.photos[r.PathValue("name")]
	if _, err := fmt.Sscanf(r.PathValue("file"), "%d.jpg", &n); err != nil || !ok {
		http.NotFound(w, r)
		return
	}
	parts := sample.Marked(wanted.data, n)
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Content-Length", strconv.Itoa(len(parts[0])+len(parts[1])+len(parts[2])))
	for _, part := range parts {
		_, _ = w.Write(part) // the service went away
	}
}
