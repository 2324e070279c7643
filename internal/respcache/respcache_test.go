package respcache

import (
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"
)

// TestInvalidate: Invalidate removes the entries of one article and no others.
func TestInvalidate(t *testing.T) {
	c := New(1 << 20)
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
	c := New(1 << 20)
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
	c := New(1 << 20)
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

// TestBound: a full cache evicts the entries that are requested less often. Long requests take more room.
func TestBound(t *testing.T) {
	for _, long := range []int{0, 10_000} {
		c := New(1 << 20)
		for i := range 10_000 {
			c.Put(strings.Repeat("x", long)+strconv.Itoa(i), Entry{}, c.Changes())
		}
		c.entries.CleanUp()
		if n := c.entries.EstimatedSize(); n == 0 || n > 1<<20/(entryBytes+long) {
			t.Errorf("%d entries with requests of %d bytes", n, long)
		}
	}
}

// TestEntriesPinNothing: what is cached shares no memory with the request, whose first line may have 32 KB.
func TestEntriesPinNothing(t *testing.T) {
	line := "GET /cards/storm-1/v/og.jpg?x=" + strings.Repeat("x", 30_000) + " HTTP/1.1"
	within := func(s string) bool {
		start, at := uintptr(unsafe.Pointer(unsafe.StringData(line))), uintptr(unsafe.Pointer(unsafe.StringData(s)))
		return at >= start && at < start+uintptr(len(line))
	}
	c := New(1 << 20)
	c.Put(line[4:27], Entry{Article: line[11:18], Format: line[24:27], Photo: line[30:40]}, c.Changes())
	for request, e := range c.entries.All() {
		if request != "/cards/storm-1/v/og.jpg" || e.Article != "storm-1" || e.Format != "jpg" {
			t.Errorf("%q: %+v", request, e)
		}
		if within(request) || within(e.Article) || within(e.Format) || within(e.Photo) {
			t.Errorf("%q: %+v shares the request's memory", request, e)
		}
	}
}
