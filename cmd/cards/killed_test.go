package main

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// tapper taps a short link of its own, one tap after the other.
type tapper struct {
	path             string // of the link
	accepted, failed int    // taps whose redirect was read, and others: those may be counted, each once
}

// tap taps until the service does not answer.
func (p *tapper) tap(s *service) {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	for {
		r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.base+p.path, nil)
		if err != nil {
			s.t.Error(err)
			return
		}
		r.Header.Set("User-Agent", "Mozilla/5.0")
		resp, err := client.Do(r)
		if err != nil {
			p.failed++
			return
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusFound {
			s.t.Errorf("status %d", resp.StatusCode)
			return
		}
		p.accepted++
	}
}

// stories registers a story for each tapper.
func tappers(s *service, n int) []*tapper {
	all := make([]*tapper, n)
	for i := range all {
		id := "storm-" + string(rune('a'+i))
		short, err := url.Parse(at(s.answer(s.do("PUT", "/v1/articles/"+id, story("", "Storm "+id)), 201), "short_url"))
		if err != nil {
			s.t.Fatal(err)
		}
		all[i] = &tapper{path: short.Path}
	}
	return all
}

func (s *service) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// TestClicksOutliveKill kills the service in the middle of clicks, again and again: each tap whose redirect was read is
// counted, and none twice.
func TestClicksOutliveKill(t *testing.T) {
	if testing.Short() {
		t.Skip("many starts")
	}
	dir := t.TempDir()
	s := serve(t, dir, "--click-window", "0s")
	all := tappers(s, 8)
	const rounds = 30
	for round := range rounds {
		var taps sync.WaitGroup
		for _, p := range all {
			taps.Go(func() { p.tap(s) })
		}
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
		s.kill()
		taps.Wait()
		s = serve(t, dir, "--click-window", "0s")
		if round%3 > 0 {
			continue // the spools of several processes wait
		}
		countedAll(s, all)
	}
	countedAll(s, all)
	accepted := 0
	for _, p := range all {
		accepted += p.accepted
	}
	if accepted < rounds {
		t.Errorf("only %d taps", accepted)
	}
}

// countedAll checks the sums of all tappers when no spool of an earlier process is left.
func countedAll(s *service, all []*tapper) {
	s.t.Helper()
	for {
		left, err := filepath.Glob(filepath.Join(s.dir, "data", "clicks", "*.spool"))
		if err != nil {
			s.t.Fatal(err)
		}
		if len(left) == 0 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	for i, p := range all {
		id := "storm-" + string(rune('a'+i))
		n := int(s.answer(s.do("GET", "/v1/articles/"+id+"/stats", nil), 200)["clicks"].(float64))
		if n < p.accepted || n > p.accepted+p.failed {
			s.t.Errorf("%s: %d are counted; %d were redirected, and %d more were sent", id, n, p.accepted, p.failed)
		}
		p.accepted, p.failed = n, 0 // what is counted stays
	}
}

// TestDeferredClicksOutliveKill: taps that could not be stored, because the database was away, are counted after a
// kill, once.
func TestDeferredClicksOutliveKill(t *testing.T) {
	if testing.Short() {
		t.Skip("several starts")
	}
	dir := t.TempDir()
	s := serve(t, dir, "--click-window", "0s")
	all := tappers(s, 1)
	database := filepath.Join(dir, "data", "cards.db")
	const taps = 700
	for range 2 {
		if err := os.Rename(database, database+".away"); err != nil {
			t.Fatal(err)
		}
		for range taps {
			if resp := s.do("GET", all[0].path, nil); resp.StatusCode != 302 {
				t.Fatalf("%d", resp.StatusCode)
			}
			all[0].accepted++
		}
		s.kill()
		if err := os.Rename(database+".away", database); err != nil {
			t.Fatal(err)
		}
		s = serve(t, dir, "--click-window", "0s")
		countedAll(s, all)
	}
}
