package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/sqlite"
)

// TestThePageHasTheTables: docs/clicks.md has the tables of today's rule.
func TestThePageHasTheTables(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", page))
	if err != nil {
		t.Fatal(err)
	}
	want, err := replaced(string(text), report())
	if err != nil {
		t.Fatal(err)
	}
	if want != string(text) {
		t.Errorf("%s has other tables: run make clicks", page)
	}
}

// TestThePageHasTheRule: so has its text.
func TestThePageHasTheRule(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", page))
	if err != nil {
		t.Fatal(err)
	}
	if store.NetworkShare != (store.ShareRule{WideFloor: 20, NarrowFloor: 10, WidePart: 10, NarrowPart: 20}) {
		t.Error("the rule has changed: change the text too, and then this line")
	}
	for _, want := range []string{
		"/48 at most 20 clicks, or one for every ten", "/64 at most 10, or one for every twenty", "4,095 numbers",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s does not say %q", page, want)
		}
	}
}

// TestTheStoreCountsAsSimulated runs some hours through the real store.
func TestTheStoreCountsAsSimulated(t *testing.T) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "cards.db"), sqlite.Options{Window: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	began := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, o := range origins {
		h := newHour(store.NetworkShare)
		h.crowd(700)
		h.add(1, 300, length, o.from)
		var got [2]int
		for i, tap := range h.inOrder() {
			c := store.Click{ArticleID: o.name, At: began.Add(time.Duration(tap.second) * time.Second), Network: tap.network}
			counted, err := db.Count(t.Context(), store.Batch{Spool: o.name, First: int64(i) + 1, Events: []store.Event{{Click: c}}})
			if err != nil {
				t.Fatal(err)
			}
			if counted.Against[0] == "" {
				got[tap.group]++
			}
		}
		if want := h.counted(); got != want || got[1] == 0 || got[1] == 300 {
			t.Errorf("%s: the store counts %v, the simulation %v", o.name, got, want)
		}
	}
}
