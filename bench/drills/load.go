package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// load is readers and editors who use the service, and a record of what it acknowledged to them.
type load struct {
	s       *instance.Service
	photo   []byte       // a JPEG; see sample.Marked
	short   string       // path of a short link
	picture string       // path of its picture, which is cached
	drawn   []byte       // the picture
	pace    int          // of all users, in times of the usual one
	reader  *http.Client // of readers; nil: that of s

	mu        sync.Mutex
	articles  map[string]accepted  // acknowledged: by ID
	photos    map[string]time.Time // acknowledged: when, by ID
	clicks    []time.Time          // acknowledged redirects
	statuses  map[string]map[int]int
	times     map[string][]timed
	wrong     []string // answers that must not happen
	readiness []ready
	next      int
	cutOff    int // redirects without an answer, whose clicks may be stored
}

// timed is when a request was sent, how long the answer took, and whether it was 200.
type timed struct {
	sent time.Time
	took time.Duration
	good bool
}

// accepted is an article that was acknowledged.
type accepted struct {
	version string
	at      time.Time
}

// ready is an answer of /readyz.
type ready struct {
	at      time.Time
	status  int
	message string
}

// story is the ID of the article whose short link and picture are requested.
const story = "storm"

// newLoad registers an article and uploads its photo.
func newLoad(ctx context.Context, s *instance.Service) (*load, error) {
	scene := sample.Scene{Width: 600, Height: 400, Detail: 1, Bytes: 60_000}
	data, _, err := scene.JPEG()
	if err != nil {
		return nil, err
	}
	l := &load{s: s, photo: data, pace: 1, articles: map[string]accepted{}, photos: map[string]time.Time{},
		statuses: map[string]map[int]int{}, times: map[string][]timed{}}
	if err := l.upload(ctx); err != nil {
		return nil, err
	}
	var id string
	for id = range l.photos { // the only one
	}
	raw, err := l.put(ctx, story, id)
	if err != nil {
		return nil, err
	}
	var answer struct {
		ShortURL string `json:"short_url"`
		Images   map[string]struct{ URL string }
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, err
	}
	l.short = strings.TrimPrefix(answer.ShortURL, s.Base)
	l.picture = strings.TrimPrefix(answer.Images["og"].URL, s.Base)
	l.drawn, _, err = s.Get(ctx, l.picture)
	return l, err
}

// number returns a number that was not used before.
func (l *load) number() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next++
	return l.next
}

// put registers an article and records its version if it is acknowledged.
func (l *load) put(ctx context.Context, id, photo string) ([]byte, error) {
	body := fmt.Sprintf(`{"url":"https://news.example/%s","headline":"Storm front %s stalls over the coast"}`, id, id)
	if photo != "" {
		body = strings.TrimSuffix(body, "}") + fmt.Sprintf(`,"photo":{"url":%q}}`, photo)
	}
	raw, _, err := l.s.Do(ctx, http.MethodPut, "/v1/articles/"+id, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	var answer struct{ Version string }
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.articles[id] = accepted{answer.Version, time.Now()}
	return raw, nil
}

// upload uploads a photo that is unlike all others, and records it if it is acknowledged.
func (l *load) upload(ctx context.Context) error {
	parts := sample.Marked(l.photo, l.number())
	raw, _, err := l.s.Do(ctx, http.MethodPost, "/v1/photos", bytes.NewReader(bytes.Join(parts[:], nil)))
	if err != nil {
		return err
	}
	var answer struct{ ID string }
	if err := json.Unmarshal(raw, &answer); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.photos[answer.ID] = time.Now()
	return nil
}

// record sends a request and counts its status. Statuses other than 200 and those allowed are faults.
func (l *load) record(what string, use func() error, allowed ...int) {
	sent := time.Now()
	err := use()
	took := time.Since(sent)
	status := http.StatusOK
	var answer *instance.StatusError
	switch {
	case errors.As(err, &answer):
		status = answer.Status
	case err != nil:
		status = 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.statuses[what] == nil {
		l.statuses[what] = map[int]int{}
	}
	l.statuses[what][status]++
	l.times[what] = append(l.times[what], timed{sent, took, err == nil})
	if status != http.StatusOK && !slices.Contains(allowed, status) {
		l.wrong = append(l.wrong, fmt.Sprintf("%s: %d %v", what, status, err))
	}
}

// failed returns the number of requests with another status than 200.
func (l *load) failed(what string) (n int) {
	for status, count := range l.statuses[what] {
		if status != http.StatusOK {
			n += count
		}
	}
	return n
}

// browser is the User-Agent of readers.
const browser = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"

// tap opens the short link as a reader does.
func (l *load) tap(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.s.Base+l.short, nil)
	if err != nil {
		return err
	}
	req.Header.Set("User-Agent", browser)
	req.Header.Set("Sec-Fetch-Mode", "navigate")
	req.Header.Set("Sec-Fetch-Dest", "document")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	resp, err := cmp.Or(l.reader, l.s.Client).Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusFound || resp.Header.Get("Location") != "https://news.example/"+story {
		return &instance.StatusError{Status: resp.StatusCode, Body: string(body)}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clicks = append(l.clicks, time.Now())
	return nil
}

// look requests the cached picture and compares it.
func (l *load) look(ctx context.Context) error {
	data, _, err := l.s.Get(ctx, l.picture)
	if err == nil && sha256.Sum256(data) != sha256.Sum256(l.drawn) {
		err = errors.New("another picture")
	}
	return err
}

// draw requests a card that was never drawn.
func (l *load) draw(ctx context.Context) error {
	_, _, err := l.s.Get(ctx, instance.Sign("/v1/card.jpg", sample.Card(l.number())))
	return err
}

// size requests the picture in a size that was never drawn.
func (l *load) size(ctx context.Context) error {
	n := l.number()
	of, _ := path.Split(l.picture)
	_, _, err := l.s.Get(ctx, instance.Sign(fmt.Sprintf("%s%dx%d.jpg", of, 300+n%900, 300+n/900), nil))
	return err
}

// ask asks whether the service is ready.
func (l *load) ask(ctx context.Context) {
	_, _, err := l.s.Get(ctx, "/readyz")
	r := ready{at: time.Now(), status: http.StatusOK}
	var answer *instance.StatusError
	switch {
	case errors.As(err, &answer):
		r.status, r.message = answer.Status, answer.Body
	case err != nil:
		r.status = 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.readiness = append(l.readiness, r)
}

// run uses the service until ctx ends.
func (l *load) run(ctx context.Context) {
	var users sync.WaitGroup
	sent := context.WithoutCancel(ctx) // a request that was sent is waited for
	every := func(pause time.Duration, use func()) {
		users.Go(func() {
			for ctx.Err() == nil {
				use()
				time.Sleep(pause / time.Duration(l.pace))
			}
		})
	}
	const refused = http.StatusServiceUnavailable
	for range 4 {
		every(10*time.Millisecond, func() { l.record("redirect", func() error { return l.tap(sent) }) })
	}
	every(30*time.Millisecond, func() {
		l.record("article", func() error {
			_, err := l.put(sent, fmt.Sprint("story-", l.number()), "")
			return err
		}, refused)
	})
	every(100*time.Millisecond, func() { l.record("photo", func() error { return l.upload(sent) }, refused) })
	every(50*time.Millisecond, func() { l.record("cached picture", func() error { return l.look(sent) }) })
	every(100*time.Millisecond, func() { l.record("new card", func() error { return l.draw(sent) }) })
	every(200*time.Millisecond, func() { l.record("new size", func() error { return l.size(sent) }) })
	every(50*time.Millisecond, func() { l.ask(sent) })
	users.Wait()
}
