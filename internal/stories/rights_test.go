package stories

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// rightsHouse is a house whose clock is set by hand, with a story whose photo has rights.
type rightsHouse struct {
	*house
	at time.Time
}

func newRightsHouse(t *testing.T) *rightsHouse {
	h := &rightsHouse{house: newHouse(t), at: time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)}
	h.now = func() time.Time { return h.at }
	return h
}

// say registers the story with a headline and rights of its photo, and returns the codes of the warnings.
func (h *rightsHouse) say(t *testing.T, headline string, rights article.Rights) (rec store.Record, codes []string) {
	t.Helper()
	a := h.story()
	a.Headline, a.Photo.Rights, a.Lang = headline, rights, "en"
	r, err := h.Put(t.Context(), a, PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range r.Warnings {
		codes = append(codes, w.Code+" "+w.Field)
	}
	return r.Record, codes
}

// shows reports whether the picture of a version shows the photo, and checks that it says so.
func (h *rightsHouse) shows(t *testing.T, version string) bool {
	t.Helper()
	p, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Version: version, Size: "og", Format: "jpg"})
	if err != nil {
		t.Fatal(err)
	}
	shown := h.picture(t, version).Photo != ""
	if shown != (p.Card.Photo.URL != "") {
		t.Errorf("%s: the card names %q, the picture shows it: %t", version, p.Card.Photo.URL, shown)
	}
	return shown
}

func TestRightsBarPhotos(t *testing.T) {
	h := newRightsHouse(t)
	for _, tt := range []struct {
		why    string
		rights article.Rights
		home   []string
		want   string // the warning; empty: the photo is shown
	}{
		{"none", article.Rights{}, nil, ""},
		{"not on networks", article.Rights{NotSocial: true}, []string{"KR"}, "photo_no_social photo.rights.social"},
		{"ended", article.Rights{Expires: h.at}, nil, "photo_expired photo.rights.expires"},
		{"ends in a second", article.Rights{Expires: h.at.Add(time.Second)}, nil, ""},
		{"one country", article.Rights{Territories: []string{"kr"}}, nil, "photo_territories photo.rights.territories"},
		{"that of the readers", article.Rights{Territories: []string{"JP", "KR"}}, []string{"KR"}, ""},
		{"one of theirs", article.Rights{Territories: []string{"KR"}}, []string{"KR", "US"}, "photo_territories photo.rights.territories"},
	} {
		h.home = tt.home
		rec, codes := h.say(t, "Storm front stalls", tt.rights)
		asked := h.source.asked
		if shown := h.shows(t, rec.Version); shown != (tt.want == "") || (rec.PhotoID == store.NoPhoto) == shown {
			t.Errorf("%s: shown %t, stored as %q", tt.why, shown, rec.PhotoID)
		}
		if tt.want != "" && (!slices.Equal(codes, []string{tt.want}) || h.source.asked != asked) || tt.want == "" && len(codes) > 0 {
			t.Errorf("%s: warnings %v, want %s", tt.why, codes, tt.want)
		}
		audit, err := h.Audit(t.Context(), "storm-1")
		if err != nil || len(audit.Warnings) != len(codes) {
			t.Errorf("%s: audit %v %v", tt.why, audit.Warnings, err)
		}
	}
}

// TestRightsEndByTheClock: at the second at which the rights end, readers get a version without the photo and no picture
// with it, whether or not the job has run. The job stores that version, once.
func TestRightsEndByTheClock(t *testing.T) {
	h := newRightsHouse(t)
	end := h.at.Add(time.Hour)
	rec, _ := h.say(t, "Storm front stalls", article.Rights{Expires: end})
	q := PictureRequest{ID: "storm-1", Version: rec.Version, Size: "og"}
	if p, err := h.Card(t.Context(), q); err != nil || !p.Until.Equal(end) || p.Brief || !h.shows(t, rec.Version) {
		t.Fatalf("before the end: %+v %v", p, err)
	}
	if err := h.EndRights(t.Context(), "storm-1", end); err != nil {
		t.Fatal(err)
	}
	h.at = end
	now, err := h.Current(t.Context(), "storm-1")
	if err != nil || now.Version == rec.Version || now.PhotoID != store.NoPhoto || now.Revision != rec.Revision {
		t.Fatalf("at the end: %+v %v", now, err)
	}
	if h.shows(t, rec.Version) || h.shows(t, now.Version) || h.shows(t, "") {
		t.Error("the photo is shown after its rights have ended")
	}
	if p, _ := h.Card(t.Context(), q); !p.Brief {
		t.Error("the picture of the version before does not say that it lacks its photo")
	}
	for range 2 {
		if err := h.EndRights(t.Context(), "storm-1", end); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := h.store.Article(t.Context(), "storm-1")
	if err != nil || stored.Version != now.Version || stored.Revision != rec.Revision+1 ||
		len(stored.Warnings) != 1 || stored.Warnings[0].Code != "photo_expired" {
		t.Errorf("stored %+v %v", stored, err)
	}
	if stored.Article.Photo.URL != h.url || !stored.Article.Photo.Rights.Expires.Equal(end) {
		t.Errorf("the newsroom's photo is lost: %+v", stored.Article.Photo)
	}
	longer, codes := h.say(t, "Storm front stalls", article.Rights{Expires: end.Add(time.Hour)})
	if longer.Version != rec.Version || len(codes) > 0 || !h.shows(t, rec.Version) {
		t.Errorf("prolonged: %s, first %s, %v", longer.Version, rec.Version, codes)
	}
}

// TestRightsOfEarlierVersions: what is said of a photo last holds for the pictures of all versions with it, also when
// the story has another photo by then, was withdrawn and came back, or the service was restarted.
func TestRightsOfEarlierVersions(t *testing.T) {
	h := newRightsHouse(t)
	first, _ := h.say(t, "Storm front stalls", article.Rights{})
	before := h.picture(t, first.Version).Bytes
	second, _ := h.say(t, "Storm front moves on", article.Rights{NotSocial: true})
	if h.shows(t, first.Version) || h.shows(t, second.Version) {
		t.Error("a photo that may not be shown any more is in the picture of an earlier version")
	}
	other := h.story()
	other.Photo.URL += "?w=2"
	put := func() store.Record {
		t.Helper()
		r, err := h.Put(t.Context(), other, PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return r.Record
	}
	h.source.replace(2)
	third := put()
	if h.shows(t, first.Version) || !h.shows(t, third.Version) {
		t.Error("the rights are forgotten with the next photo")
	}
	if err := h.Delete(t.Context(), "storm-1"); err != nil {
		t.Fatal(err)
	}
	put()
	h.house = h.another(t)
	h.now = func() time.Time { return h.at }
	if h.shows(t, first.Version) || !h.shows(t, third.Version) {
		t.Error("the rights are forgotten when the story comes back")
	}
	h.source.replace(1)
	h.say(t, "Storm front stalls", article.Rights{})
	if got := h.picture(t, first.Version).Bytes; !bytes.Equal(got, before) {
		t.Error("the picture is not the same again when the photo may be shown again")
	}
}
