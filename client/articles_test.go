package client_test

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"testing"
	"time"

	"newsroom.example/cards/client"
)

// failed returns the status and code of a call that failed.
func failed(err error) string {
	var refused *client.Error
	if !errors.As(err, &refused) {
		return fmt.Sprint(err)
	}
	return fmt.Sprint(refused.Status, " ", refused.Code)
}

// TestReadModifyWrite: what was read can be changed and put back, unless somebody was faster.
func TestReadModifyWrite(t *testing.T) {
	c, ctx := service(t), t.Context()
	story := client.Article{
		URL: "https://news.example/storm", Headline: "Storm front stalls", Kicker: "Coast", Tags: []string{"storm"}, Caption: "Waves",
		PublishedAt: time.Date(2026, 3, 1, 23, 30, 0, 0, time.FixedZone("", 9*60*60)), UpdatedAt: time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC),
	}
	put, err := c.PutArticle(ctx, "storm-1", story, client.PutOptions{IfNew: true})
	if err != nil || put.ETag == "" || put.Created.IsZero() || !put.Updated.Equal(put.Created) {
		t.Fatalf("%+v, %v", put, err)
	}
	if _, err := c.PutArticle(ctx, "storm-1", story, client.PutOptions{IfNew: true}); failed(err) != "412 precondition_failed" {
		t.Errorf("not new: %v", err)
	}
	mine, err := c.Article(ctx, "storm-1")
	if err != nil || mine.ETag != put.ETag || !reflect.DeepEqual(mine, put) {
		t.Errorf("read\n%+v\nput\n%+v, %v", mine, put, err)
	}
	same, err := c.PutArticle(ctx, "storm-1", mine.Article, client.PutOptions{IfMatch: mine.ETag})
	if err != nil || same.ETag != mine.ETag || same.Version != mine.Version {
		t.Errorf("what was read, put again: %+v, %v", same, err)
	}
	theirs, err := c.PatchArticle(ctx, "storm-1", map[string]any{"kicker": "Weather", "caption": nil, "tags": []string{"storm", "coast"}}, client.PutOptions{})
	if err != nil || theirs.Kicker != "Weather" || theirs.Caption != "" || len(theirs.Tags) != 2 || theirs.Headline != story.Headline || theirs.ETag == mine.ETag {
		t.Fatalf("patched: %+v, %v", theirs, err)
	}
	mine.Headline = "Storm front moves"
	for why, call := range map[string]func(o client.PutOptions) error{
		"put": func(o client.PutOptions) error { _, err := c.PutArticle(ctx, "storm-1", mine.Article, o); return err },
		"patch": func(o client.PutOptions) error {
			_, err := c.PatchArticle(ctx, "storm-1", map[string]string{"badge": "live"}, o)
			return err
		},
		"refresh": func(o client.PutOptions) error { _, err := c.RefreshArticle(ctx, "storm-1", o); return err },
		"delete":  func(o client.PutOptions) error { return c.DeleteArticleIf(ctx, "storm-1", o.IfMatch) },
	} {
		if err := call(client.PutOptions{IfMatch: mine.ETag}); failed(err) != "412 precondition_failed" {
			t.Errorf("%s over another's change: %v", why, err)
		}
	}
	older := story
	older.UpdatedAt = story.UpdatedAt.Add(-time.Hour)
	if _, err := c.PutArticle(ctx, "storm-1", older, client.PutOptions{}); failed(err) != "409 stale" {
		t.Errorf("older: %v", err)
	}
	if r, err := c.PutArticle(ctx, "storm-1", older, client.PutOptions{Force: true}); err != nil || !r.UpdatedAt.Equal(older.UpdatedAt) {
		t.Errorf("older, forced: %+v, %v", r, err)
	}
	if err := c.DeleteArticleIf(ctx, "storm-1", "*"); err != nil {
		t.Error(err)
	}
	if _, err := c.PatchArticle(ctx, "storm-1", map[string]string{"badge": "live"}, client.PutOptions{}); failed(err) != "410 expired" {
		t.Errorf("patch of a withdrawn article: %v", err)
	}
}

// TestBatchAndSync: a batch is imported, and a copy is kept in step by what changed since.
func TestBatchAndSync(t *testing.T) {
	c, ctx := service(t), t.Context()
	var all []client.BatchArticle
	for i := range 7 {
		all = append(all, client.BatchArticle{ID: fmt.Sprint("story-", i), Article: client.Article{
			URL: fmt.Sprint("https://news.example/", i), Headline: fmt.Sprint("Story ", i), Site: []string{"The Harbor Post", "항구신문"}[i%2], Kind: "opinion",
		}})
	}
	all[3].Headline = ""
	all = append(all, all[0])
	results, err := c.PutArticles(ctx, all, client.PutOptions{})
	if err != nil || len(results) != len(all) {
		t.Fatalf("%+v, %v", results, err)
	}
	for i, r := range results {
		want := map[int]string{3: "400 invalid_request headline", 7: "400 invalid_request id"}[i]
		if r.Err != nil {
			if got := fmt.Sprint(r.Err.Status, " ", r.Err.Code, " ", r.Err.Field); got != want || r.Status != 400 || r.Err.RequestID == "" {
				t.Errorf("%d: %s, want %s", i, got, want)
			}
		} else if want != "" || r.Status != http.StatusCreated || r.ID != all[i].ID || r.Article.ID != r.ID || r.Article.Headline != all[i].Headline {
			t.Errorf("%d: %+v", i, r)
		}
	}
	list := func(o client.ListOptions) (ids []string) {
		t.Helper()
		for a, err := range c.EachArticle(ctx, o) {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, a.ID)
		}
		slices.Sort(ids) // articles of a batch are stored in any order
		return ids
	}
	small := []string{"id", "updated"}
	for want, o := range map[string]client.ListOptions{
		"[story-0 story-1 story-2 story-4 story-5 story-6]": {Fields: small, Limit: 1000},
		"[story-0 story-2 story-4 story-6]":                 {Fields: small, Limit: 2, Site: "The Harbor Post", Kind: "opinion"},
		"[story-5]":                                         {Query: "STORY 5", State: "live"},
		"[]":                                                {State: "embargoed"},
	} {
		if got := fmt.Sprint(list(o)); got != want {
			t.Errorf("%+v: %s", o, got)
		}
	}
	var last time.Time
	for a, err := range c.EachArticle(ctx, client.ListOptions{Fields: small, Since: time.Unix(1, 0)}) {
		if err != nil || a.Updated.Before(last) || a.Headline != "" {
			t.Fatalf("%+v, %v", a, err)
		}
		last = a.Updated
	}
	since := last.Add(time.Millisecond)
	for time.Now().Before(since) {
		time.Sleep(time.Millisecond)
	}
	if _, err := c.PutArticle(ctx, "story-1", all[1].Article, client.PutOptions{}); err != nil { // nothing changes
		t.Error(err)
	}
	if _, err := c.PatchArticle(ctx, "story-2", map[string]string{"badge": "live"}, client.PutOptions{}); err != nil {
		t.Error(err)
	}
	if err := c.DeleteArticle(ctx, "story-4"); err != nil {
		t.Error(err)
	}
	if got := list(client.ListOptions{Since: since, Fields: small, Limit: 1}); !slices.Equal(got, []string{"story-2"}) {
		t.Errorf("changed: %v", got)
	}
	if got := list(client.ListOptions{Since: since, State: "withdrawn"}); !slices.Equal(got, []string{"story-4"}) {
		t.Errorf("withdrawn: %v", got)
	}
	for _, err := range c.EachArticle(ctx, client.ListOptions{Fields: []string{"colour"}}) {
		if failed(err) != "400 invalid_request" {
			t.Errorf("an unknown field: %v", err)
		}
	}
}
