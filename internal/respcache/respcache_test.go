package respcache

import (
	"strconv"
	"sync"
	"testing"
	"time"
)

// TestInvalidate: Invalidate removes the entries of one article and no others.
func TestInvalidate(t *testing.T) {
	c := New(100)
	asOf := c.Changes()
	until := time.Unix(1, 0)
	c.Put("/a/og", Entry{Article: "a", Key: "1", Format: "jpg", Until: until}, asOf)
	c.Put("/a/square", Entry{Article: "a"}, asOf)
	c.Put("/b", Entry{Article: "b"}, asOf)
	c.Put("/signed", Entry{}, asOf)
	if e, ok := c.Get("/a/og"); !ok || e != (Entry{Article: "a", Key: "1", Format: "jpg", Until: until}) {
		t.Errorf("%+v, %t", e, ok)
	}
	c.Invalidate("a")
	for request, want := range map[string]bool{"/a/og": false, "/a/square": false, "/b": true, "/signed": true, "/c": false} {
		if _, ok := c.Get(request); ok != want {
			t.Errorf("%s remembered: %t", request, ok)
		}
	}
}

// TestPutAfterAChange: Put ignores an entry whose data was read before an article was invalidated.
func TestPutAfterAChange(t *testing.T) {
	c := New(100)
	asOf := c.Changes()
	c.Invalidate("b")
	c.Put("/a", Entry{Article: "a"}, asOf)
	if _, ok := c.Get("/a"); ok {
		t.Error("an entry from before a change is remembered")
	}
	c.Put("/a", Entry{Article: "a"}, c.Changes())
	if _, ok := c.Get("/a"); !ok {
		t.Error("an entry from after the change is not remembered")
	}
}

// TestNoOldEntrySurvives calls Put with an outdated entry and Invalidate at the same time. In either order, the entry
// must be gone when both have returned.
func TestNoOldEntrySurvives(t *testing.T) {
	c := New(100)
	for i := range 2000 {
		asOf := c.Changes()
		var both sync.WaitGroup
		both.Go(func() { c.Put("/a", Entry{Article: "a"}, asOf) })
		both.Go(func() { c.Invalidate("a") })
		both.Wait()
		if _, ok := c.Get("/a"); ok {
			t.Fatalf("round %d: an old entry is remembered", i)
		}
	}
}

// TestBound: a full cache evicts the entries that are requested less often.
func TestBound(t *testing.T) {
	c := New(64)
	for i := range 1000 {
		c.Put(strconv.Itoa(i), Entry{}, c.Changes())
	}
	c.entries.CleanUp()
	if n := c.entries.EstimatedSize(); n > 64 {
		t.Errorf("%d entries", n)
	}
}
