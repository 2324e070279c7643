package stories

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
)

// validators are the kinds of validators that sources send.
var validators = map[string]func(*source){
	"ETag":          func(s *source) { s.etag = `"1"` },
	"Last-Modified": func(s *source) { s.modified = time.Now().Add(-time.Hour).Truncate(time.Second) },
	"neither":       func(*source) {},
}

// TestPhotoReplacedInPlace: every Put asks the source. The same bytes give the same version; other bytes give another
// version with another picture, and the picture of the old version stays.
func TestPhotoReplacedInPlace(t *testing.T) {
	for name, validate := range validators {
		for _, withdrawn := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, withdrawn %t", name, withdrawn), func(t *testing.T) {
				h := newHouse(t)
				h.source.change(validate)
				again := func() (Result, string) {
					if withdrawn {
						if err := h.Delete(t.Context(), "storm-1"); err != nil {
							t.Fatal(err)
						}
					}
					return h.put(t, PutOptions{})
				}
				first, warnings := h.put(t, PutOptions{})
				if warnings != "" || first.Record.PhotoID == "" {
					t.Fatalf("%+v", first)
				}
				before := h.picture(t, first.Record.Version)
				same, warnings := again()
				if same.Record.Version != first.Record.Version || same.Record.PhotoID != first.Record.PhotoID || warnings != "" || same.Created != withdrawn {
					t.Errorf("the same bytes: %+v", same)
				}
				want := 1
				if withdrawn || name == "neither" { // the photo of a withdrawn article is never confirmed with 304
					want = 0
				}
				if h.source.asked != 2 || h.source.confirmed != want {
					t.Errorf("asked %d times, confirmed %d", h.source.asked, h.source.confirmed)
				}
				h.source.replace(2)
				dry, _ := h.put(t, PutOptions{DryRun: true})
				other, warnings := again()
				if other.Record.Version == first.Record.Version || other.Record.PhotoID == first.Record.PhotoID || warnings != "" {
					t.Errorf("other bytes: %+v", other)
				}
				if dry.Record.Version != other.Record.Version {
					t.Errorf("the dry run has version %s, the put %s", dry.Record.Version, other.Record.Version)
				}
				if after := h.picture(t, ""); bytes.Equal(after.Bytes, before.Bytes) || after.ETag == before.ETag || after.ETag == "" {
					t.Errorf("the picture is as it was: %s", after.ETag)
				}
				if old := h.picture(t, first.Record.Version); !bytes.Equal(old.Bytes, before.Bytes) || old.ETag != before.ETag {
					t.Error("the old version's picture has changed")
				}
				h.source.replace(1)
				if back, _ := again(); back.Record.Version != first.Record.Version {
					t.Errorf("the first bytes again: version %s, want %s", back.Record.Version, first.Record.Version)
				}
			})
		}
	}
}

// TestSourceFails: if the source says that the photo is gone, the article loses it. After an outage the article keeps
// it, unless the article was withdrawn in between.
func TestSourceFails(t *testing.T) {
	for _, tt := range []struct {
		why       string
		fails     func(*source)
		warning   string
		withdrawn bool
		keeps     bool
	}{
		{"404", func(s *source) { s.status = 404 }, "source_unavailable ", false, false},
		{"410", func(s *source) { s.status = 410 }, "source_unavailable ", false, false},
		{"403", func(s *source) { s.status = 403 }, "source_unavailable ", false, false},
		{"503", func(s *source) { s.status = 503 }, "source_unavailable ", false, true},
		{"429", func(s *source) { s.status = 429 }, "source_unavailable ", false, true},
		{"503, withdrawn", func(s *source) { s.status = 503 }, "source_unavailable ", true, false},
		{"404, withdrawn", func(s *source) { s.status = 404 }, "source_unavailable ", true, false},
		{"a page", func(s *source) { s.photo = []byte("<!doctype html><title>Gone</title>") }, "unsupported_image ", false, false},
		{"half", func(s *source) { s.part = true }, "source_incomplete ", false, true},
		{"a file that is cut short", func(s *source) { s.cut = true }, "source_incomplete ", false, true},
		{"half, withdrawn", func(s *source) { s.part = true }, "source_incomplete ", true, false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newHouse(t)
			first, _ := h.put(t, PutOptions{})
			before := h.picture(t, "")
			h.source.change(tt.fails)
			if _, err := h.Put(t.Context(), h.story(), PutOptions{Strict: true}); err == nil || fault.KindOf(err).Code()+" " != tt.warning {
				t.Errorf("strict: %v", err)
			}
			if tt.withdrawn {
				if err := h.Delete(t.Context(), "storm-1"); err != nil {
					t.Fatal(err)
				}
			}
			dry, dryWarnings := h.put(t, PutOptions{DryRun: true})
			r, warnings := h.put(t, PutOptions{})
			if warnings != tt.warning || dryWarnings != tt.warning || dry.Record.Version != r.Record.Version {
				t.Errorf("warnings %q, dry %q; versions %s, %s", warnings, dryWarnings, r.Record.Version, dry.Record.Version)
			}
			if (r.Record.PhotoID == first.Record.PhotoID) != tt.keeps || (r.Record.Version == first.Record.Version) != tt.keeps || !tt.keeps && r.Record.PhotoID != "" {
				t.Errorf("photo %q, version %s", r.Record.PhotoID, r.Record.Version)
			}
			after := h.picture(t, "")
			if bytes.Equal(after.Bytes, before.Bytes) != tt.keeps || (after.Degraded == nil) != tt.keeps {
				t.Errorf("degraded %v", after.Degraded)
			}
			if old := h.picture(t, first.Record.Version); !bytes.Equal(old.Bytes, before.Bytes) {
				t.Error("the old version's picture has changed")
			}
			again, _ := h.put(t, PutOptions{})
			if again.Record.Version != r.Record.Version {
				t.Errorf("again: version %s, then %s", r.Record.Version, again.Record.Version)
			}
		})
	}
}

// TestRefusedPhotoSaysWhatIsTaken: the warning names what came, and what would be taken.
func TestRefusedPhotoSaysWhatIsTaken(t *testing.T) {
	for data, want := range map[string]string{
		"<!doctype html><title>Gone</title>":       "The photo is an HTML page; JPEG, PNG, GIF and WebP are taken; the card is drawn without it.",
		"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00": "The photo is a HEIC file; JPEG, PNG, GIF and WebP are taken: save it as a JPEG; an iPhone takes JPEGs with Settings, Camera, Formats, Most Compatible; the card is drawn without it.",
		"GIF89a" + strings.Repeat("\x00", 100):     "The photo is damaged; the card is drawn without it.",
	} {
		h := newHouse(t)
		h.source.change(func(s *source) { s.photo = []byte(data) })
		for _, o := range []PutOptions{{DryRun: true}, {}} {
			result, err := h.Put(t.Context(), h.story(), o)
			if err != nil || len(result.Warnings) != 1 || result.Warnings[0].Message != want || result.Warnings[0].Field != "photo.url" {
				t.Errorf("%q: %+v, %v", data, result.Warnings, err)
			}
		}
	}
}

// TestOutageOfAnotherPhoto: after an outage of a new URL, the article does not keep the photo of its old URL.
func TestOutageOfAnotherPhoto(t *testing.T) {
	h := newHouse(t)
	h.put(t, PutOptions{})
	h.source.change(func(s *source) { s.status = http.StatusBadGateway })
	a := h.story()
	a.Photo.URL += "?another"
	r, err := h.Put(t.Context(), a, PutOptions{})
	if err != nil || r.Record.PhotoID != "" || len(r.Warnings) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestPhotoThatComesLate: an article whose photo was missing shows it as soon as its source serves it. The next Put
// stores it.
func TestPhotoThatComesLate(t *testing.T) {
	for why, fails := range map[string]func(*source){
		"not there yet": func(s *source) { s.status = 404 }, "half": func(s *source) { s.part = true },
	} {
		h := newHouse(t)
		h.source.change(fails)
		first, _ := h.put(t, PutOptions{})
		if img := h.picture(t, ""); img.Degraded == nil || img.ETag != "" {
			t.Errorf("%s: degraded %v, tag %s", why, img.Degraded, img.ETag)
		}
		h.source.change(func(s *source) { s.status, s.part = 0, false })
		second, warnings := h.put(t, PutOptions{})
		if warnings != "" || second.Record.PhotoID == "" || second.Record.Version == first.Record.Version {
			t.Errorf("%s: %+v", why, second)
		}
		if img := h.picture(t, first.Record.Version); img.Degraded != nil || img.ETag != "" { // the version has no stored photo
			t.Errorf("%s: the first version is degraded %v, tag %s", why, img.Degraded, img.ETag)
		}
		if img := h.picture(t, ""); img.Degraded != nil || img.ETag == "" {
			t.Errorf("%s: degraded %v, tag %s", why, img.Degraded, img.ETag)
		}
	}
}

// TestVersionsWithoutASource: the version of an article without a photo, or with an upload, depends on its content
// only.
func TestVersionsWithoutASource(t *testing.T) {
	h := newHouse(t)
	upload, err := h.photos.Keep(t.Context(), h.url, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{"", upload.ID} {
		a := h.story()
		a.Photo.URL = ref
		r, err := h.Put(t.Context(), a, PutOptions{})
		if err != nil || r.Record.Version != a.Version("") || r.Record.PhotoID != ref || len(r.Warnings) != 0 {
			t.Errorf("%q: %+v, %v", ref, r, err)
		}
	}
	a := h.story()
	a.Photo.URL = "upload:" + strings.Repeat("0", 32)
	if r, err := h.Put(t.Context(), a, PutOptions{}); err != nil || len(r.Warnings) != 1 || r.Record.PhotoID != "" {
		t.Errorf("an upload that is not there: %+v, %v", r, err)
	}
}

// TestFaultsOfAnArticle: an invalid article is rejected before its photo is fetched.
func TestFaultsOfAnArticle(t *testing.T) {
	h := newHouse(t)
	a := h.story()
	a.Theme = "gone"
	if _, err := h.Put(t.Context(), a, PutOptions{}); !errors.Is(err, card.ErrInvalid) || h.source.asked != 0 {
		t.Errorf("%v, asked %d times", err, h.source.asked)
	}
}
