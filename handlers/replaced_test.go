package handlers

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
)

// photoURL is the URL of a photo, which its source can replace.
const photoURL = "https://pictures.example/a.jpg"

// otherPhoto is the ID of the photo that replaces photoID.
const otherPhoto = "upload:fedcba9876543210fedcba9876543210"

// replacing is a service with a cached picture of a card by URL, drawn from photoID.
type replacing struct {
	*house
	service http.Handler
	now     time.Time
}

func newReplacing(t *testing.T) *replacing {
	t.Helper()
	h := &replacing{house: newHouse(t), now: noon}
	h.pictures.kept, h.pictures.keptPhoto = []byte("0123456789"), photoID
	h.deps.StudioKey = studioKey
	h.deps.Now = func() time.Time { return h.now }
	var err error
	if h.service, err = newService(t, h.deps); err != nil {
		t.Fatal(err)
	}
	return h
}

// replace has the picture drawn again, from the photo that the source has now.
func (h *replacing) replace() {
	h.pictures.kept, h.pictures.keptPhoto = []byte("abcdefghij"), otherPhoto
}

// withdraw withdraws the first photo. Then the source has no other, and the card is drawn without it.
func (h *replacing) withdraw() {
	h.pictures.withdrawn = photoID
	h.pictures.draw = func(card.Card, string, pictures.Options) (pictures.Image, error) {
		gone := fault.New(fault.PhotoGone, "withdrawn")
		return pictures.Image{Bytes: []byte("without"), Type: "image/jpeg", Degraded: gone}, nil
	}
}

// get asks for the target: without a signature as an editor on this machine.
func (h *replacing) get(method, target string, headers ...string) *httptest.ResponseRecorder {
	r := request(method, target, "", headers...)
	if !r.URL.Query().Has("sig") {
		r = editorsRequest(method, target, "")
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	r.RequestURI = target
	w := httptest.NewRecorder()
	h.service.ServeHTTP(w, r)
	return w
}

// TestReplacedPhoto: when the source has replaced the photo, the picture has another entity tag. No condition with the
// old tag confirms it or gets a part of it, and each with the new tag does.
func TestReplacedPhoto(t *testing.T) {
	const part = "bytes=2-4"
	one, two := card.Key(fakeKey).With(photoID).ETag(), card.Key(fakeKey).With(otherPhoto).ETag()
	signed := signedWith(newHouse(t), photoURL)
	for _, tt := range []struct {
		why, method string
		headers     []string
		status      int
		body        string
	}{
		{"no condition", "GET", nil, 200, "abcdefghij"},
		{"the old tag", "GET", []string{"If-None-Match", one}, 200, "abcdefghij"},
		{"the old tag, HEAD", "HEAD", []string{"If-None-Match", one}, 200, ""},
		{"the old tag, weak", "GET", []string{"If-None-Match", "W/" + one}, 200, "abcdefghij"},
		{"the old tag in a list", "GET", []string{"If-None-Match", `"a", ` + one}, 200, "abcdefghij"},
		{"the old tag and a range", "GET", []string{"If-None-Match", one, "Range", part}, 206, "cde"},
		{"the key's tag", "GET", []string{"If-None-Match", card.Key(fakeKey).ETag()}, 200, "abcdefghij"},
		{"a range of the old", "GET", []string{"If-Range", one, "Range", part}, 200, "abcdefghij"},
		{"a range of the old, HEAD", "HEAD", []string{"If-Range", one, "Range", part}, 200, ""},
		{"the old only", "GET", []string{"If-Match", one}, 412, ""},
		{"the new tag", "GET", []string{"If-None-Match", two}, 304, ""},
		{"the new tag, HEAD", "HEAD", []string{"If-None-Match", two}, 304, ""},
		{"the new tag, weak", "GET", []string{"If-None-Match", "W/" + two}, 304, ""},
		{"both tags", "GET", []string{"If-None-Match", one + ", " + two}, 304, ""},
		{"any tag", "GET", []string{"If-None-Match", "*"}, 304, ""},
		{"a range of the new", "GET", []string{"If-Range", two, "Range", part}, 206, "cde"},
		{"a range of the new, weak", "GET", []string{"If-Range", "W/" + two, "Range", part}, 200, "abcdefghij"},
		{"the new only", "GET", []string{"If-Match", two}, 200, "abcdefghij"},
	} {
		for _, target := range []string{signed, signed + "&strict=1", "/v1/card.jpg?headline=A&photo=" + photoURL} {
			h := newReplacing(t)
			if w := h.get("GET", target); w.Code != 200 || w.Header().Get("ETag") != one {
				t.Fatalf("before: %d %s", w.Code, w.Header().Get("ETag"))
			}
			if w := h.get("GET", target, "If-None-Match", one); w.Code != 304 || w.Header().Get("ETag") != one {
				t.Fatalf("before, known: %d %s", w.Code, w.Header().Get("ETag"))
			}
			h.replace()
			h.now = h.now.Add(freshFor)
			w := h.get(tt.method, target, tt.headers...)
			if w.Code != tt.status || tt.status < 400 && (w.Body.String() != tt.body || w.Header().Get("ETag") != two) {
				t.Errorf("%s, %s: %d %q %v", tt.why, target, w.Code, w.Body, w.Header())
			}
		}
	}
}

// TestReplacedWithinASecond: while the response is repeated, the bytes still have the tag of their own photo.
func TestReplacedWithinASecond(t *testing.T) {
	one, two := card.Key(fakeKey).With(photoID).ETag(), card.Key(fakeKey).With(otherPhoto).ETag()
	h, signed := newReplacing(t), signedWith(newHouse(t), photoURL)
	h.get("GET", signed)
	h.replace()
	for _, tt := range []struct {
		headers []string
		status  int
	}{
		{nil, 200}, {[]string{"If-None-Match", two}, 304}, {[]string{"If-None-Match", "*"}, 304},
		{[]string{"If-Range", one, "Range", "bytes=2-4"}, 200}, {[]string{"If-Range", two, "Range", "bytes=2-4"}, 206},
	} {
		if w := h.get("GET", signed, tt.headers...); w.Code != tt.status || w.Header().Get("ETag") != two {
			t.Errorf("%q: %d %v", tt.headers, w.Code, w.Header())
		}
	}
}

// TestKnownWithoutReading: within a second, the tag of a card by URL is confirmed without the picture, as that of any
// other card is.
func TestKnownWithoutReading(t *testing.T) {
	h, signed := newReplacing(t), signedWith(newHouse(t), photoURL)
	h.get("GET", signed)
	h.pictures.look = func() { t.Error("the picture was read") }
	if w := h.get("GET", signed, "If-None-Match", card.Key(fakeKey).With(photoID).ETag()); w.Code != 304 {
		t.Errorf("%d", w.Code)
	}
}

// TestDegradedIsNotConfirmed: once the photo was withdrawn, no condition confirms the picture: it is drawn without the
// photo, and has no tag.
func TestDegradedIsNotConfirmed(t *testing.T) {
	one, signed := card.Key(fakeKey).With(photoID).ETag(), signedWith(newHouse(t), photoURL)
	for _, headers := range [][]string{
		{"If-None-Match", one}, {"If-None-Match", "W/" + one}, {"If-None-Match", `"a",` + one}, {"If-None-Match", "*"},
		{"If-None-Match", one, "Range", "bytes=0-"}, {"If-None-Match", "*", "Range", "bytes=0-"}, {"If-Range", one, "Range", "bytes=2-4"},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			for _, after := range []time.Duration{0, freshFor} {
				h := newReplacing(t)
				h.get("GET", signed)
				h.withdraw()
				h.now = h.now.Add(after)
				w := h.get(method, signed, headers...)
				if w.Code/100 != 2 || w.Header().Get("ETag") != "" || w.Header().Get("X-Card-Degraded") != "gone" {
					t.Errorf("%s %q after %v: %d %v", method, headers, after, w.Code, w.Header())
				}
			}
		}
	}
}
