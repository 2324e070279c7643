package stories

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// faced is a house with a second source, of portraits.
type faced struct {
	*house
	face    *source
	faceURL string
}

func newFaced(t *testing.T) *faced {
	src, f := &source{photo: photoOf(1)}, &faced{face: &source{photo: photoOf(7)}}
	both := http.NewServeMux()
	both.Handle("/pier.jpg", src)
	both.Handle("/author.jpg", f.face)
	server := httptest.NewServer(both)
	t.Cleanup(server.Close)
	f.house, f.faceURL = houseIn(t, t.TempDir(), src, server.URL+"/pier.jpg"), server.URL+"/author.jpg"
	return f
}

// put registers an opinion with a photo and a portrait, and returns the version and its warnings: codes and fields.
func (f *faced) put(t *testing.T, change func(*article.Article), o PutOptions) (store.Record, string) {
	t.Helper()
	a := f.story()
	a.Kind, a.Portrait = "opinion", article.Photo{URL: f.faceURL, Alt: "Min Lee"}
	if change != nil {
		change(&a)
	}
	r, err := f.Put(t.Context(), a, o)
	if err != nil {
		t.Fatal(err)
	}
	return r.Record, said(t, r)
}

func said(t *testing.T, r Result) string {
	t.Helper()
	var all []string
	for _, w := range r.Warnings {
		if all = append(all, w.Code+" "+w.Field); !isSentence(w.Message) {
			t.Errorf("%s: %q is no sentence", w.Code, w.Message)
		}
	}
	return strings.Join(all, ", ")
}

// shows checks which photos a version and its picture show.
func (f *faced) shows(t *testing.T, what string, rec store.Record, photo, portrait string) {
	t.Helper()
	if rec.PhotoID != photo || rec.Article.PortraitID != portrait {
		t.Errorf("%s: the version shows %q and %q", what, rec.PhotoID, rec.Article.PortraitID)
	}
	want := strings.TrimSpace(strings.ReplaceAll(photo+" "+portrait, store.NoPhoto, ""))
	if img := f.picture(t, rec.Version); img.Photo != want || img.Degraded != nil {
		t.Errorf("%s: the picture shows %q, %v", what, img.Photo, img.Degraded)
	}
}

// TestPortrait: a portrait is fetched, stored and a part of the version as the photo is; other bytes make another
// version, by a Put and by a Refresh; the same do not.
func TestPortrait(t *testing.T) {
	f := newFaced(t)
	first, warnings := f.put(t, nil, PutOptions{})
	f.shows(t, "first", first, photoID(1), photoID(7))
	if again, _ := f.put(t, nil, PutOptions{}); warnings != "" || again.Version != first.Version {
		t.Errorf("the same: %s; %s", again.Version, warnings)
	}
	f.face.replace(8)
	if dry, _ := f.put(t, nil, PutOptions{DryRun: true}); dry.Article.PortraitID != photoID(8) || dry.Version == first.Version {
		t.Errorf("dry run: %+v", dry)
	}
	second, _ := f.put(t, nil, PutOptions{})
	f.shows(t, "another portrait", second, photoID(1), photoID(8))
	f.shows(t, "the old version", first, photoID(1), photoID(7))
	f.face.replace(9)
	r, err := f.Refresh(t.Context(), "storm-1", PutOptions{})
	if err != nil || r.Record.Version == second.Version {
		t.Fatalf("%+v, %v", r, err)
	}
	f.shows(t, "refreshed", r.Record, photoID(1), photoID(9))
	if r, err = f.Refresh(t.Context(), "storm-1", PutOptions{}); err != nil || r.Record.Article.PortraitID != photoID(9) {
		t.Errorf("refreshed again: %+v, %v", r, err)
	}
	r, err = f.Update(t.Context(), "storm-1", func(a article.Article) (article.Article, error) {
		a.Portrait = article.Photo{}
		return a, nil
	}, PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f.shows(t, "without", r.Record, photoID(1), "")
	alone, _ := f.put(t, func(a *article.Article) { a.Photo = article.Photo{} }, PutOptions{})
	f.shows(t, "alone", alone, "", photoID(9))
}

// TestFailingPortrait: a portrait that fails is a warning of its own and leaves the photo; after an outage the article
// keeps the portrait that it had. With Strict it is an error.
func TestFailingPortrait(t *testing.T) {
	f := newFaced(t)
	for _, tt := range []struct {
		name   string
		fails  func(*source)
		code   string
		strict bool // the error is that of the portrait
	}{
		{"away", func(s *source) { s.status = 500 }, "source_unavailable portrait.url", true},
		{"no picture", func(s *source) { s.photo = []byte("<html>") }, "unsupported_image portrait.url", true},
		{"a part", func(s *source) { s.part = true }, "source_incomplete portrait.url", true},
	} {
		f.face.change(whole)
		f.face.change(tt.fails)
		if err := f.Delete(t.Context(), "storm-1"); err != nil && !isAbsent(err) {
			t.Fatal(err)
		}
		rec, warnings := f.put(t, nil, PutOptions{})
		if warnings != tt.code || rec.PhotoID != photoID(1) || rec.Article.PortraitID != "" {
			t.Errorf("%s: %q, shows %q and %q", tt.name, warnings, rec.PhotoID, rec.Article.PortraitID)
		}
		if LacksPhoto(rec) != (tt.name != "no picture") {
			t.Errorf("%s: asked for again %t", tt.name, LacksPhoto(rec))
		}
		a := rec.Article
		if _, err := f.Put(t.Context(), a, PutOptions{Strict: true}); err == nil || !strings.Contains(err.Error(), "portrait") {
			t.Errorf("%s, strict: %v", tt.name, err)
		}
	}
	f.face.change(whole)
	if err := f.Refetch(t.Context(), "storm-1", mustArticle(t, f).Version); err != nil {
		t.Fatal(err)
	}
	f.shows(t, "fetched again", mustArticle(t, f), photoID(1), photoID(7))
	f.face.change(func(s *source) { s.status = 500 })
	kept, warnings := f.put(t, func(a *article.Article) { a.Headline = "The storm goes on" }, PutOptions{})
	f.shows(t, "after an outage", kept, photoID(1), photoID(7))
	if warnings != "source_unavailable portrait.url" {
		t.Errorf("after an outage: %s", warnings)
	}
	none, warnings := f.put(t, func(a *article.Article) { a.Portrait.URL = "ftp://a/b" }, PutOptions{})
	if warnings != "invalid_request portrait.url" || none.Article.Portrait.URL != "" || none.PhotoID != photoID(1) {
		t.Errorf("no URL: %s, %+v", warnings, none.Article)
	}
}

// whole makes a source send its photo again.
func whole(s *source) { s.photo, s.status, s.part = photoOf(7), 0, false }

func mustArticle(t *testing.T, f *faced) store.Record {
	t.Helper()
	rec, err := f.Article(t.Context(), "storm-1")
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// TestWithdrawPortrait: a withdrawn portrait leaves the photo, and a withdrawn photo the portrait; the pictures with it
// are gone, and it does not come back.
func TestWithdrawPortrait(t *testing.T) {
	f := newFaced(t)
	first, _ := f.put(t, nil, PutOptions{})
	f.picture(t, first.Version)
	w, err := f.WithdrawPhoto(t.Context(), photoID(7))
	if err != nil || fmt.Sprint(w.Changed) != "[storm-1]" || w.Pictures == 0 {
		t.Fatalf("%+v, %v", w, err)
	}
	if found := f.holds(t, photoID(7)); len(found) > 0 {
		t.Errorf("still in %v", found)
	}
	now := mustArticle(t, f)
	f.shows(t, "without the portrait", now, photoID(1), store.NoPhoto)
	if _, err := f.Card(t.Context(), PictureRequest{ID: "storm-1", Version: first.Version, Size: card.OpenGraph.String()}); err == nil {
		t.Error("the old version has a picture")
	}
	again, warnings := f.put(t, nil, PutOptions{})
	f.shows(t, "put again", again, photoID(1), store.NoPhoto)
	if warnings != "gone portrait.url" {
		t.Errorf("put again: %s", warnings)
	}
	f.face.replace(8)
	if _, err := f.WithdrawPhoto(t.Context(), photoID(1)); err != nil {
		t.Fatal(err)
	}
	other, warnings := f.put(t, nil, PutOptions{})
	f.shows(t, "without the photo", other, store.NoPhoto, photoID(8))
	if !strings.Contains(warnings, "gone photo.url") || strings.Contains(warnings, "portrait.url") {
		t.Errorf("without the photo: %s", warnings)
	}
}
