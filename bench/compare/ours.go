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
	"strings"
	"sync/atomic"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// way is the way in which a photo reaches the service.
type way int

const (
	byURL      way = iota // the service fetches it from a loopback address in the card's request
	uploaded              // the upload and the card are both timed
	kept                  // it is uploaded in advance; only the card is timed
	registered            // it is fetched, stored and drawn when a story is registered (PUT)
)

// ours is the contender that measures our service over HTTP.
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

// on runs a turn with a running service.
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

// mostKept is the maximum number of photos that are uploaded in advance. More cards use them again.
const mostKept = 60

// onKept uploads photos in advance and then measures cards. It estimates the number of photos from the rate during the
// warm-up.
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

// draw returns a function that requests a new card and returns its size in bytes.
func (o ours) draw(s *instance.Service, j job) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		switch {
		case j.photo == nil:
			return o.b.card(ctx, s, "")
		case o.way == byURL:
			return o.b.card(ctx, s, o.b.photos.address(j.photo.name, o.b.number()))
		case o.way == registered:
			return o.b.register(ctx, s, o.b.photos.address(j.photo.name, o.b.number()))
		}
		id, err := o.b.upload(ctx, s, j.photo.data)
		if err != nil {
			return 0, err
		}
		return o.b.card(ctx, s, id)
	}
}

// card requests a new card, with the photo if it is not empty, and returns its size in bytes. It returns an error if
// the card was drawn without its photo.
func (b *bench) card(ctx context.Context, s *instance.Service, photo string) (int, error) {
	q, path := sample.Card(b.number()), "/v1/card.png"
	q.Set("strict", "1") // a photo that cannot be used is an error
	if photo != "" {
		q.Set("photo", photo)
		path = "/v1/card.jpg"
	}
	return pictureBytes(ctx, s, instance.Sign(path, q))
}

// pictureBytes requests a picture and returns its size in bytes. A card drawn without its photo is an error.
func pictureBytes(ctx context.Context, s *instance.Service, address string) (int, error) {
	data, header, err := s.Fetch(ctx, address)
	if why := header.Get("X-Card-Degraded"); err == nil && why != "" {
		err = fmt.Errorf("the card is without its photo: %s", why)
	}
	return len(data), err
}

// register registers a new story with the photo, and returns the size of the answer in bytes. The answer comes when the
// story, its photo and its og picture are on the disk.
func (b *bench) register(ctx context.Context, s *instance.Service, photo string) (int, error) {
	n := b.number()
	q := sample.Card(n)
	story, err := json.Marshal(map[string]any{
		"url": fmt.Sprintf("https://news.example.com/%d", n), "headline": q.Get("headline"), "caption": q.Get("caption"),
		"credit": "Coast News", "photo": map[string]string{"url": photo, "alt": "Hills under clouds"},
	})
	if err != nil {
		return 0, err
	}
	answer, _, err := s.Do(ctx, http.MethodPut, fmt.Sprintf("/v1/articles/bench-%d", n), bytes.NewReader(story))
	if err == nil && bytes.Contains(answer, []byte(`"code":"photo_`)) {
		err = fmt.Errorf("the story is without its photo: %s", answer)
	}
	return len(answer), err
}

// upload uploads a copy of the photo with unique bytes and returns its ID.
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

// withService starts a service with an empty data folder, calls use and stops the service. It does not remove the
// folder, because deleting files would slow down the next turn (see quiet).
func (b *bench) withService(ctx context.Context, flags []string, use func(*instance.Service) error) error {
	data, err := os.MkdirTemp(b.dir, "data-")
	if err != nil {
		return err
	}
	flags = append([]string{"--no-draw-ahead", "--photo-allow", strings.TrimPrefix(b.photos.base, "http://")}, flags...)
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

// photoServer serves photos over HTTP on loopback. Each photo has any number of addresses, and the bytes differ for
// each address.
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
	parts := wanted.marked(n)
	w.Header().Set("Content-Type", wanted.mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(parts[0])+len(parts[1])+len(parts[2])))
	for _, part := range parts {
		_, _ = w.Write(part) // fails if the service has stopped
	}
}
