package handlers

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func warmed(article, data string, until time.Time) *hotPicture {
	return &hotPicture{renewal: new(renewal), article: article, until: until, data: []byte(data), tag: `"t"`}
}

// held are the bytes that the table should count.
func (h *hotPictures) held() (n int) {
	for target, p := range h.all {
		n += weight(target, p)
	}
	return n
}

func TestHotPicturesAreBounded(t *testing.T) {
	h := newHotPictures(new(atomic.Uint64))
	large := string(make([]byte, maxHotBytes/10))
	for i := range 3 * maxHot {
		data := "small"
		if i%100 == 0 {
			data = large
		}
		h.keep(strconv.Itoa(i%(2*maxHot)), warmed("a", data, noon.Add(time.Second)), noon)
		if len(h.all) > maxHot || h.bytes > maxHotBytes || h.recall(strconv.Itoa(i%(2*maxHot))) == nil {
			t.Fatalf("after %d: %d pictures, %d bytes", i, len(h.all), h.bytes)
		}
	}
	if h.bytes != h.held() {
		t.Errorf("counts %d bytes, has %d", h.bytes, h.held())
	}
	h.keep("huge", warmed("a", string(make([]byte, maxHotBytes+1)), noon.Add(time.Second)), noon)
	if h.recall("huge") != nil || h.bytes != h.held() {
		t.Errorf("a picture larger than all may be: %d bytes", h.bytes)
	}
}

// TestHotPicturesComeAndGo is a story of a table: what is kept, and what is left of it.
func TestHotPicturesComeAndGo(t *testing.T) {
	h, soon := newHotPictures(new(atomic.Uint64)), noon.Add(time.Second)
	left := func(step string, targets ...string) {
		t.Helper()
		for _, target := range targets {
			if h.recall(target) == nil {
				t.Errorf("%s: %s is not there", step, target)
			}
		}
		if len(h.all) != len(targets) || h.bytes != h.held() {
			t.Errorf("%s: %d pictures of %d bytes, want %d of %d", step, len(h.all), h.bytes, len(targets), h.held())
		}
	}
	h.keep("/1", warmed("a", "x", soon), noon)
	h.keep("/2", warmed("a", "xx", soon), noon)
	h.keep("/3", warmed("b", "xxx", soon.Add(time.Hour)), noon)
	h.keep("", warmed("b", "no target", soon), noon)
	h.keep("/4", warmed("b", "of the past", noon), noon)
	left("kept", "/1", "/2", "/3")
	h.keep("/1", warmed("a", "another", soon), noon)
	left("one took another's place", "/1", "/2", "/3")
	later := soon.Add(time.Millisecond)
	h.keep("/1", &hotPicture{article: "a", until: later, tag: `"t"`}, noon)
	if p := h.recall("/1"); string(p.data) != "another" || p.until != later {
		t.Errorf("known by its tag alone: has %q until %v", p.data, p.until)
	}
	h.keep("/1", &hotPicture{article: "a", until: later, tag: `"new"`}, noon)
	if p := h.recall("/1"); p.tag != `"new"` || p.data != nil {
		t.Errorf("another tag: %s has %q", p.tag, p.data)
	}
	h.forget("a")
	left("an article was forgotten", "/3")
	h.keep("/1", warmed("a", "x", soon), noon)
	h.keep("/5", warmed("a", "x", soon.Add(time.Hour)), soon)
	left("a second went by", "/3", "/5")
}

func TestHotPicturesTogether(t *testing.T) {
	h := newHotPictures(new(atomic.Uint64))
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for n := range 500 {
				target := strconv.Itoa(n % 7)
				h.keep(target, warmed(target, "data", noon.Add(time.Duration(n)*time.Millisecond)), noon)
				if p := h.recall(target); p != nil && (p.article != target || string(p.data) != "data") {
					t.Errorf("%s has the picture of %s", target, p.article)
				}
				if n%50 == i {
					h.forget(target)
				}
			}
		})
	}
	wg.Wait()
	if h.bytes != h.held() {
		t.Errorf("counts %d bytes, has %d", h.bytes, h.held())
	}
}
