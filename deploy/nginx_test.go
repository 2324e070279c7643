// Package deploy tests the files of this folder: those of nginx with nginx and two processes of cards on one data folder,
// and the others as far as that goes without the machines that they are for. Without a program that a test needs it is
// skipped, and says so; with CARDS_REQUIRE=1 it fails.
package deploy

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

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
