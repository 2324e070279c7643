package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestTwoProcessesOutliveALostIndex: when the index of the write-ahead log is removed under two processes, both go on,
// and no article that one of them acknowledged is missing, also after both were killed.
func TestTwoProcessesOutliveALostIndex(t *testing.T) {
	dir := t.TempDir()
	both := []*service{serve(t, dir, "--log-level", "error"), serve(t, dir, "--log-level", "error")}
	var acknowledged []string
	put := func(n int) {
		for i, s := range both {
			id := fmt.Sprintf("storm-%d-%d", n, i)
			if s.do("PUT", "/v1/articles/"+id, story("", "Storm "+id)).StatusCode == 201 {
				acknowledged = append(acknowledged, id)
			}
		}
	}
	for n := range 5 {
		put(n)
	}
	if err := os.Remove(filepath.Join(dir, "data", "cards.db-shm")); err != nil {
		t.Fatal(err)
	}
	for n := 5; both[0].do("GET", "/readyz", nil).StatusCode != 200 || both[1].do("GET", "/readyz", nil).StatusCode != 200 || n < 15; n++ {
		put(n)
		time.Sleep(50 * time.Millisecond)
	}
	put(1000)
	for _, s := range both {
		if err := s.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = s.cmd.Wait()
	}
	s := serve(t, dir, "--log-level", "error")
	for _, id := range acknowledged {
		if resp := s.do("GET", "/v1/articles/"+id, nil); resp.StatusCode != 200 {
			t.Errorf("%s was acknowledged: %d", id, resp.StatusCode)
		}
	}
	if len(acknowledged) < 12 {
		t.Errorf("%d articles were acknowledged", len(acknowledged))
	}
}

// TestTwoProcessesTakeARestoredDatabase: a backup that is put in the place of the database is used by both processes,
// although the first that uses it writes to it at once.
func TestTwoProcessesTakeARestoredDatabase(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	a, b := serve(t, dir, "--log-level", "error"), serve(t, dir, "--log-level", "error")
	a.answer(a.do("PUT", "/v1/articles/storm-1", story("", "Storm")), 201)
	for _, name := range []string{"cards.db", "cards.db-wal", "cards.db-shm"} {
		if err := os.Rename(filepath.Join(data, name), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for a.do("GET", "/readyz", nil).StatusCode == 200 || b.do("GET", "/readyz", nil).StatusCode == 200 {
		time.Sleep(50 * time.Millisecond)
	}
	if err := os.WriteFile(filepath.Join(data, "cards.db"), nil, 0o600); err != nil { // a new database
		t.Fatal(err)
	}
	for n := 0; a.do("GET", "/readyz", nil).StatusCode != 200 || b.do("GET", "/readyz", nil).StatusCode != 200; n++ {
		for _, s := range []*service{a, b} { // so that the log of the first that uses it changes all the time
			s.do("PUT", fmt.Sprint("/v1/articles/storm-", n), story("", fmt.Sprint("Storm ", n)))
		}
		time.Sleep(20 * time.Millisecond)
	}
	a.answer(a.do("PUT", "/v1/articles/last", story("", "The last")), 201)
	if resp := b.do("GET", "/v1/articles/last", nil); resp.StatusCode != 200 {
		t.Errorf("the other process answers %d", resp.StatusCode)
	}
}
