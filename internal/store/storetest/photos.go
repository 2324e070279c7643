package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// seenStates: a version is stored only for the state of the article that its maker has seen. What another process does
// in between counts too.
func seenStates(t *testing.T, open Opener) {
	both := open(t, 0)
	s, other := both(), both()
	remove := func(want error) {
		t.Helper()
		if err := other.DeleteArticle(t.Context(), "a", noon, 0); !errors.Is(err, want) {
			t.Fatalf("withdrawn: %v", err)
		}
	}
	try := func(why string, seen store.Seen, want error) {
		t.Helper()
		if _, _, err := s.PutArticle(t.Context(), record("a", why), seen); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", why, err, want)
		}
	}
	remove(store.ErrNotFound)
	start := seen(t, s, "a")
	first := put(t, s, record("a", "One"))
	try("in its first state", start, nil)
	try("another revision than seen", store.Seen{Revision: first.Revision}, store.ErrChanged)
	try("an article that was seen to be absent", store.Seen{Revision: store.Absent}, store.ErrChanged)
	now, err := s.Article(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	try("the revision that was seen", store.Seen{Revision: now.Revision}, nil)
	if err := s.DeleteArticle(t.Context(), "a", noon, now.Revision); !errors.Is(err, store.ErrChanged) {
		t.Errorf("a withdrawal of another revision: %v", err)
	}
	before := seen(t, s, "a")
	remove(nil)
	try("withdrawn meanwhile", before, store.ErrGone)
	after := seen(t, s, "a")
	try("a revision of a withdrawn article", store.Seen{Withdrawals: after.Withdrawals, Revision: now.Revision}, store.ErrGone)
	remove(store.ErrGone)
	try("withdrawn again", after, store.ErrGone)
	if _, err := s.Article(t.Context(), "a"); !errors.Is(err, store.ErrGone) {
		t.Errorf("it is back: %v", err)
	}
	last := seen(t, s, "a")
	last.Revision = store.Absent
	try("the last state", last, nil)
	try("of an unknown article, a revision", store.Seen{Withdrawals: last.Withdrawals, Revision: 99}, store.ErrChanged)
	if back, err := s.Article(t.Context(), "a"); err != nil {
		t.Error(err)
	} else if err := s.DeleteArticle(t.Context(), "a", noon, back.Revision); err != nil {
		t.Errorf("a withdrawal of the revision that was seen: %v", err)
	}
}

// photo returns an article that shows the photo.
func photo(id, headline, photoID string) store.Record {
	r := record(id, headline)
	r.Article.Photo.URL = "https://pictures.example/a.jpg"
	r.PhotoID, r.Version = photoID, r.Article.Version(photoID)
	return r
}

// photoUses: all versions with a photo are listed, old ones, those of withdrawn articles, and those that name a photo
// by its ID that was not stored at the time.
func photoUses(t *testing.T, open Opener) {
	s := open(t, 0)()
	const id = "upload:1"
	at := func(r store.Record, minute int) {
		r.Updated = noon.Add(time.Duration(minute) * time.Minute)
		put(t, s, r)
	}
	at(photo("old", "One", id), 1)
	at(photo("old", "Two", "upload:2"), 2)
	at(photo("twice", "One", id), 3)
	at(photo("twice", "Two", id), 4)
	named := record("named", "One")
	named.Article.Photo.URL = id
	at(named, 5)
	quoted := record("quoted", `Says "url":"upload:1"`)
	at(quoted, 6)
	at(photo("withdrawn", "One", id), 7)
	at(photo("longer", "One", id+"0"), 8)
	if err := s.DeleteArticle(t.Context(), "withdrawn", noon, 0); err != nil {
		t.Fatal(err)
	}
	for limit, want := range map[int]string{
		9: "[withdrawn named twice old] 0; withdrawn One, named One, twice Two, twice One, old One, 0",
		4: "[withdrawn named twice old] 0; withdrawn One, named One, twice Two, twice One, 1",
		2: "[withdrawn named] 2; withdrawn One, named One, 3",
	} {
		u, err := s.PhotoUses(t.Context(), id, limit)
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(u.Articles, " ", u.MoreArticles, "; ")
		for _, r := range u.Versions {
			got += r.Article.ID + " " + r.Article.Headline + ", "
		}
		same(t, want, got+strconv.Itoa(u.MoreVersions))
	}
	if u, err := s.PhotoUses(t.Context(), "upload:3", 9); err != nil || len(u.Articles)+len(u.Versions) != 0 {
		t.Errorf("a photo that nothing shows: %+v, %v", u, err)
	}
}

// withdrawnPhotos: the withdrawal of a photo changes the articles that show it now, and no others. The photo is not
// stored again, whatever process puts it.
func withdrawnPhotos(t *testing.T, open Opener) {
	both := open(t, 0)
	s, other := both(), both()
	const id = "upload:1"
	shown, old := put(t, s, photo("shown", "One", id)), put(t, s, photo("old", "One", id))
	replaced := put(t, s, photo("old", "One", "upload:2"))
	gone := put(t, s, photo("gone", "One", id))
	if err := s.DeleteArticle(t.Context(), "gone", noon, 0); err != nil {
		t.Fatal(err)
	}
	without := func(r store.Record) store.Record {
		r.PhotoID, r.Version = store.NoPhoto, "without "+r.Version
		return r
	}
	later := noon.Add(time.Hour)
	for i, want := range []string{"[shown]", "[]"} {
		changed, err := s.WithdrawPhoto(t.Context(), id, later, without)
		if err != nil || fmt.Sprint(changed) != want {
			t.Errorf("call %d changed %v, %v", i, changed, err)
		}
	}
	now, err := other.Article(t.Context(), "shown")
	want := without(shown)
	want.Updated, want.Changed, want.Revision = later, later, shown.Revision+1
	if err != nil {
		t.Fatal(err)
	}
	same(t, want, now)
	if current, err := other.Article(t.Context(), "old"); err != nil || current.Version != replaced.Version {
		t.Errorf("an article that shows another photo now: %+v, %v", current, err)
	}
	for _, r := range []store.Record{shown, old} {
		if kept, err := other.Version(t.Context(), r.Article.ID, r.Version); err != nil || kept.PhotoID != id {
			t.Errorf("an old version: %+v, %v", kept, err)
		}
	}
	for photoID, want := range map[string]error{
		id: store.ErrPhotoWithdrawn, store.NoPhoto: nil, "": nil, "upload:2": nil,
	} {
		for _, s := range []store.Store{s, other} {
			if _, _, err := s.PutArticle(t.Context(), photo("new", photoID, photoID), store.Seen{}); !errors.Is(err, want) {
				t.Errorf("put with %q: %v", photoID, err)
			}
		}
		if withdrawn, err := other.PhotoWithdrawn(t.Context(), photoID); err != nil || withdrawn != (want != nil) {
			t.Errorf("%q is withdrawn: %t, %v", photoID, withdrawn, err)
		}
	}
	if _, _, err := s.PutArticle(t.Context(), gone, seen(t, s, "gone")); !errors.Is(err, store.ErrPhotoWithdrawn) {
		t.Errorf("a withdrawn article comes back with it: %v", err)
	}
	listsWithdrawn(t, other, 0, "[upload:1]")
	if _, err := other.WithdrawPhoto(t.Context(), "upload:2", later, without); err != nil {
		t.Fatal(err)
	}
	last := listsWithdrawn(t, both(), 0, "[upload:1 upload:2]")
	listsWithdrawn(t, s, last-1, "[upload:2]")
	listsWithdrawn(t, s, last, "[]")
}

// listsWithdrawn checks which photos are listed, and returns the last Seq.
func listsWithdrawn(t *testing.T, s store.Store, after int64, want string) (last int64) {
	t.Helper()
	all, err := s.WithdrawnPhotos(t.Context(), after)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, p := range all {
		ids = append(ids, p.ID)
		last = p.Seq
	}
	same(t, want, fmt.Sprint(ids))
	return last
}

// portraits: a version shows its portrait as it does its photo, and the withdrawal of one leaves the other.
func portraits(t *testing.T, open Opener) {
	both := open(t, 0)
	s, other := both(), both()
	const face, scene = "upload:1", "upload:2"
	of := func(id, photoID, portraitID string) store.Record {
		r := photo(id, "One", photoID)
		r.Article.Portrait.URL, r.Article.PortraitID = "https://pictures.example/face.jpg", portraitID
		r.Version = r.Article.Version(photoID)
		return r
	}
	named := record("d", "One")
	named.Article.Portrait.URL = face
	for i, r := range []store.Record{
		of("a", scene, face), of("b", face, face), of("c", scene, scene), named, of("e", scene, ""), of("f", scene, face+"0"),
	} {
		r.Updated = noon.Add(time.Duration(i) * time.Minute)
		put(t, s, r)
	}
	u, err := other.PhotoUses(t.Context(), face, 9)
	if err != nil || len(u.Versions) != 3 {
		t.Errorf("%d versions, %v", len(u.Versions), err)
	}
	same(t, "[d b a]", fmt.Sprint(u.Articles))
	changed, err := s.WithdrawPhoto(t.Context(), face, noon.Add(time.Hour), func(r store.Record) store.Record {
		photo, portrait := r.Shows(face)
		if photo {
			r.PhotoID = store.NoPhoto
		}
		if portrait {
			r.Article.PortraitID = store.NoPhoto
		}
		r.Version = "without " + r.Version
		return r
	})
	slices.Sort(changed)
	if err != nil || fmt.Sprint(changed) != "[a b d]" {
		t.Errorf("changed %v, %v", changed, err)
	}
	for id, want := range map[string]string{
		"a": scene + " " + store.NoPhoto, "b": store.NoPhoto + " " + store.NoPhoto, "c": scene + " " + scene,
		"d": " " + store.NoPhoto, "e": scene + " ",
	} {
		r, err := other.Article(t.Context(), id)
		if err != nil || r.PhotoID+" "+r.Article.PortraitID != want {
			t.Errorf("%s shows %q and %q, %v", id, r.PhotoID, r.Article.PortraitID, err)
		}
	}
	if u, err := s.PhotoUses(t.Context(), face, 9); err != nil || len(u.Versions) != 3 {
		t.Errorf("afterwards %d versions, %v", len(u.Versions), err)
	}
	if _, _, err := other.PutArticle(t.Context(), of("new", scene, face), store.Seen{}); !errors.Is(err, store.ErrPhotoWithdrawn) {
		t.Errorf("put with it: %v", err)
	}
	if _, _, err := other.PutArticle(t.Context(), of("new", scene, store.NoPhoto), store.Seen{}); err != nil {
		t.Errorf("put without it: %v", err)
	}
}
