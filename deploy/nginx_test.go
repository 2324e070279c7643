// Package deploy tests the files of this folder: those of nginx with nginx and two processes of cards on one data folder,
// and the others as far as that goes without the machines that they are for. Without a program that a test needs it is
// skipped, and says so; with CARDS_REQUIRE=1 it fails.
package deploy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// site is nginx before two replicas, with one story.
type site struct {
	base     string
	client   *http.Client
	nginx    *process
	replicas [2]*process
	picture  string // path of the story's picture
	short    string // path of its short link
}

// story is the body of a PUT.
const story = `{"url":"https://news.example/storm","headline":"Storm front stalls over the west coast"}`

// begin starts everything, and registers the story through nginx.
func begin(t *testing.T) *site {
	t.Helper()
	if testing.Short() {
		t.Skip("three processes take longer than -short has")
	}
	listen, data := freeAddr(t), t.TempDir()
	addrs := [2]string{freeAddr(t), freeAddr(t)}
	s := &site{base: "http://" + listen}
	s.nginx = startNginx(t, listen, addrs)
	for i, addr := range addrs {
		s.replicas[i] = startCards(t, addr, data, s.base)
	}
	transport := &http.Transport{DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	s.client = &http.Client{
		Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	put := s.ask(t, "PUT", "/v1/articles/storm", "Authorization", "Bearer "+token)
	var made struct {
		Short  string `json:"short_url"`
		Images map[string]struct {
			URL string `json:"url"`
		} `json:"images"`
	}
	if err := json.Unmarshal(put.body, &made); err != nil || put.status != http.StatusCreated {
		t.Fatalf("%d, %v: %s", put.status, err, put.body)
	}
	s.picture = strings.TrimPrefix(made.Images["og"].URL, s.base)
	s.short = strings.TrimPrefix(made.Short, s.base)
	return s
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

// browser is the User-Agent of a reader.
const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

// try sends a request with the headers, as pairs; the body of a PUT is the story.
func (s *site) try(method, path string, headers ...string) (answer, error) {
	var body io.Reader
	if method == http.MethodPut {
		body = strings.NewReader(story)
	}
	req, err := http.NewRequest(method, s.base+path, body)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("User-Agent", browser)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, data}, err
}

// ask is like try, and fails the test if there is no answer.
func (s *site) ask(t *testing.T, method, path string, headers ...string) answer {
	t.Helper()
	a, err := s.try(method, path, headers...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// reached returns how many requests for the path the replicas have logged. It ends them first, because a line is written
// after its answer.
func (s *site) reached(t *testing.T, path string) (n int) {
	t.Helper()
	for _, r := range s.replicas {
		if err := r.end(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		for line := range strings.Lines(r.out.String()) {
			var entry struct{ Msg, Path string }
			if json.Unmarshal([]byte(line), &entry) == nil && entry.Msg == "request" && entry.Path == path {
				n++
			}
		}
	}
	return n
}

// TestPictureIsCached: the second request for a picture does not reach cards, a picture that does not exist is not kept.
func TestPictureIsCached(t *testing.T) {
	s := begin(t)
	first := s.ask(t, "GET", s.picture)
	second := s.ask(t, "GET", s.picture)
	head := s.ask(t, "HEAD", s.picture)
	for i, tt := range []struct {
		got   answer
		cache string
	}{{first, "MISS"}, {second, "HIT"}, {head, "HIT"}} {
		if tt.got.status != 200 || tt.got.header.Get("X-Cache") != tt.cache || tt.got.header.Get("ETag") == "" {
			t.Errorf("request %d: %d, %v", i+1, tt.got.status, tt.got.header)
		}
	}
	if len(first.body) < 1000 || !bytes.Equal(first.body, second.body) {
		t.Errorf("%d and %d bytes", len(first.body), len(second.body))
	}
	none := strings.Replace(s.picture, "og.", "640x480.", 1) // has no signature
	for range 2 {
		if got := s.ask(t, "GET", none); got.status != http.StatusForbidden || got.header.Get("X-Cache") != "MISS" {
			t.Errorf("%d, %v", got.status, got.header)
		}
	}
	if n := s.reached(t, s.picture); n != 1 {
		t.Errorf("%d requests for the picture have reached cards", n)
	}
	if s.reached(t, none) != 2 {
		t.Error("a refusal was kept")
	}
}

// TestKitIsCachedByItsEncoding: a browser that does not know gzip does not get it from the cache.
func TestKitIsCachedByItsEncoding(t *testing.T) {
	s := begin(t)
	for _, tt := range []struct{ accepted, sent, cache string }{
		{"gzip", "gzip", "MISS"}, {"identity", "", "MISS"}, {"gzip", "gzip", "HIT"}, {"identity", "", "HIT"},
	} {
		got := s.ask(t, "GET", "/embed/cards.js", "Accept-Encoding", tt.accepted)
		if got.status != 200 || got.header.Get("Content-Encoding") != tt.sent || got.header.Get("X-Cache") != tt.cache {
			t.Errorf("%+v: %d, %v", tt, got.status, got.header)
		}
	}
}

// TestShortLinkIsNotCached: each tap reaches cards, and a crawler's page is no answer for a reader, nor the reverse. Nor is
// the redirect to a story's current picture kept.
func TestShortLinkIsNotCached(t *testing.T) {
	s := begin(t)
	const crawler = "facebookexternalhit/1.1"
	for i, agent := range []string{browser, crawler, browser, crawler, browser} {
		got, want := s.ask(t, "GET", s.short, "User-Agent", agent), http.StatusFound
		if agent == crawler {
			want = http.StatusOK
		}
		if got.status != want || got.header.Get("X-Cache") != "" {
			t.Errorf("request %d, %s: %d, %v", i+1, agent, got.status, got.header)
		}
	}
	for range 2 {
		if got := s.ask(t, "GET", "/cards/storm/og.jpg"); got.status != http.StatusFound || got.header.Get("X-Cache") != "" {
			t.Errorf("%d, %v", got.status, got.header)
		}
	}
	if n := s.reached(t, s.short); n != 5 {
		t.Errorf("%d of 5 taps have reached cards", n)
	}
	if n := s.reached(t, "/cards/storm/og.jpg"); n != 2 {
		t.Errorf("%d of 2 requests for the current picture have reached cards", n)
	}
}

// TestReaderCannotForgeAnAddress: cards believes nginx, and nginx does not pass on what a reader claims to be.
func TestReaderCannotForgeAnAddress(t *testing.T) {
	s := begin(t)
	for _, claimed := range []string{"203.0.113.1", "198.51.100.2", "192.0.2.3, 203.0.113.4"} {
		s.ask(t, "GET", s.short, "X-Forwarded-For", claimed)
	}
	got := s.ask(t, "GET", "/v1/articles/storm/stats", "Authorization", "Bearer "+token)
	var stats struct{ Clicks int }
	if err := json.Unmarshal(got.body, &stats); err != nil || stats.Clicks != 1 {
		t.Errorf("one reader counts as several: %s", got.body)
	}
}

// TestReplicaEnds: while a replica ends, be it asked to or killed, every request through nginx is answered as always.
func TestReplicaEnds(t *testing.T) {
	for name, signal := range map[string]syscall.Signal{"asked to": syscall.SIGTERM, "killed": syscall.SIGKILL} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			stream := s.stream(4)
			stream.wait(t, 100)
			err := s.replicas[0].end(signal)
			if signal == syscall.SIGTERM && err != nil {
				t.Errorf("exit of the replica: %v", err)
			}
			stream.wait(t, 300) // and now to the other
			for _, failure := range stream.end() {
				t.Error(failure)
			}
		})
	}
}

// stream is a steady stream of requests.
type stream struct {
	answered atomic.Int64
	stopped  atomic.Bool
	workers  sync.WaitGroup
	mu       sync.Mutex
	failures []string
}

// stream begins a stream of so many requests at a time.
func (s *site) stream(workers int) *stream {
	st := new(stream)
	for w := range workers {
		st.workers.Go(func() {
			for i := 0; !st.stopped.Load(); i++ {
				if failure := s.next(w, i); failure != "" {
					st.mu.Lock()
					st.failures = append(st.failures, failure)
					st.mu.Unlock()
				}
				st.answered.Add(1)
			}
		})
	}
	return st
}

// next sends a request that no cache answers: a tap, a picture by another address, or the story again. It returns what
// is wrong with the answer.
func (s *site) next(worker, i int) string {
	method, path, headers, want := "GET", s.short, []string{"User-Agent", fmt.Sprintf("%s %d", browser, worker)}, 302
	switch i % 8 {
	case 1, 3, 5:
		path, want = fmt.Sprintf("%s?n=%d-%d", s.picture, worker, i), 200
	case 7:
		method, path, want = "PUT", "/v1/articles/storm", 200
		headers = append(headers, "Authorization", "Bearer "+token)
	}
	got, err := s.try(method, path, headers...)
	if err != nil || got.status != want {
		return fmt.Sprintf("%s %s: %d, %v: %.200q", method, path, got.status, err, got.body)
	}
	return ""
}

// wait waits until so many more requests were answered.
func (st *stream) wait(t *testing.T, more int64) {
	t.Helper()
	from := st.answered.Load()
	if !eventually(func() bool { return st.answered.Load() >= from+more }) {
		t.Error("requests are not answered")
	}
}

// end stops the stream and returns what was wrong.
func (st *stream) end() []string {
	st.stopped.Store(true)
	st.workers.Wait()
	return st.failures
}

// TestNoReplica: without any replica what is cached is served, also when it is no longer fresh, and all else has an
// answer in the form of the API.
func TestNoReplica(t *testing.T) {
	s := begin(t)
	const top = "/v1/top"
	if fresh := s.ask(t, "GET", top); fresh.header.Get("X-Cache") != "MISS" {
		t.Fatalf("%d, %v", fresh.status, fresh.header)
	}
	s.ask(t, "GET", s.picture)
	for _, r := range s.replicas {
		_ = r.end(syscall.SIGKILL)
	}
	if got := s.ask(t, "GET", s.picture); got.status != 200 || got.header.Get("X-Cache") != "HIT" {
		t.Errorf("%d, %v", got.status, got.header)
	}
	for _, tt := range [][]string{{"GET", s.short}, {"GET", s.picture + "?n=1"}, {"PUT", "/v1/articles/storm"}, {"POST", "/v1/photos"}} {
		got := s.ask(t, tt[0], tt[1], "Authorization", "Bearer "+token)
		var refused struct {
			Error struct{ Code, Message, RequestID string }
		}
		if got.status != http.StatusServiceUnavailable || json.Unmarshal(got.body, &refused) != nil ||
			refused.Error.Code != "overloaded" || got.header.Get("Retry-After") == "" ||
			got.header.Get("Content-Type") != "application/json" || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %v, %s", tt, got.status, got.header, got.body)
		}
	}
	stale := 0
	if !eventually(func() bool { // the answer is fresh for five seconds
		got := s.ask(t, "GET", top)
		if got.status != 200 {
			t.Fatalf("%d: %s", got.status, got.body)
		}
		if cache := got.header.Get("X-Cache"); cache == "STALE" || cache == "UPDATING" {
			stale++
		}
		return stale == 20
	}) {
		t.Error("the answer does not become stale")
	}
}
