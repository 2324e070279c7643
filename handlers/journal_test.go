package handlers

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/journal"
)

// fakeJournal keeps entries in memory. Requests use it concurrently; a test reads entries when they are answered.
type fakeJournal struct {
	mu      sync.Mutex
	entries []journal.Entry
	err     error
}

func (f *fakeJournal) AddEntry(_ context.Context, e journal.Entry) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.entries = append(f.entries, e)
	}
	return f.err
}

func (f *fakeJournal) Entries(context.Context, journal.Query) ([]journal.Entry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.entries), f.err
}

func (f *fakeJournal) PruneEntries(context.Context, time.Time) (int, error) { return 0, f.err }

// said returns the entries as text.
func (f *fakeJournal) said() string {
	var all []string
	for _, e := range f.entries {
		all = append(all, strings.TrimSpace(e.Who+" "+string(e.Action)+" "+e.Detail))
	}
	return strings.Join(all, ", ")
}

// TestUploadsAreEntered with who has sent them. An upload that cannot be entered fails: it can be sent again.
func TestUploadsAreEntered(t *testing.T) {
	h := newHouse(t)
	upload := func() int {
		r := request("POST", "/v1/photos", "picture")
		r.Header.Set("Authorization", "Bearer "+token)
		return h.do(t, r).StatusCode
	}
	if status := upload(); status != 201 || h.journal.said() != "API token photo.upload upload:1" {
		t.Errorf("%d, %s", status, h.journal.said())
	}
	h.journal.err = context.DeadlineExceeded
	if status := upload(); status < 500 {
		t.Errorf("an upload that is not entered: %d", status)
	}
}

// TestWhoChangesArticles: what an article's change is entered as comes with the context of the request.
func TestWhoChangesArticles(t *testing.T) {
	for _, tt := range []struct {
		method, target, body string
		want                 journal.Action
	}{
		{"PUT", "/v1/articles/a", `{"url":"https://news.example/a","headline":"A"}`, journal.Put},
		{"PATCH", "/v1/articles/storm-1", `{"headline":"A"}`, journal.Patch},
		{"DELETE", "/v1/articles/storm-1", "", journal.Withdraw},
		{"POST", "/v1/articles/storm-1:refresh", "", journal.Refresh},
		{"POST", "/v1/articles:batch", `{"articles":[{"id":"a","url":"https://news.example/a","headline":"A"}]}`, journal.Batch},
		{"DELETE", "/v1/photos/upload:0123456789abcdef0123456789abcdef", "", journal.DeletePhoto},
	} {
		h := newHouse(t)
		var got []journal.Entry
		h.articles.changing = func(ctx context.Context) {
			e, _ := journal.Of(ctx, noon)
			got = append(got, e)
		}
		kind := map[bool]string{true: "application/merge-patch+json", false: "application/json"}[tt.method == "PATCH"]
		r := request(tt.method, tt.target, tt.body, "Content-Type", kind)
		r.Header.Set("Authorization", "Bearer "+token)
		resp := h.do(t, r)
		if len(got) != 1 || got[0].Who != "API token" || got[0].Action != tt.want {
			t.Errorf("%s %s: %d, %+v", tt.method, tt.target, resp.StatusCode, got)
		}
	}
}
