package handlers

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// A picture of an article in a size without a name, of one version and of the current one.
const (
	oddVersion = "/cards/storm-1/v/300x301.jpg"
	oddCurrent = "/cards/storm-1/300x301.jpg"
)

// signedPath is the path with its signature.
func (h *house) signedPath(path string, expires time.Time) string {
	return path + "?" + h.deps.Signer.Sign(path, nil, expires).Encode()
}

// TestUnnamedSizesNeedASignature: an article's picture in a size without a name is drawn only for a signed URL.
func TestUnnamedSizesNeedASignature(t *testing.T) {
	h := newHouse(t)
	signed, never := func(path string) string { return h.signedPath(path, time.Time{}) }, time.Time{}
	for _, tt := range []struct {
		why, target string
		status      int
	}{
		{"unsigned", oddVersion, 403},
		{"the current version, unsigned", oddCurrent, 403},
		{"of an unknown article, unsigned", "/cards/none/v/300x301.jpg", 403},
		{"forged", oddVersion + "?sig=AAAA", 403},
		{"signed for another size", strings.Replace(signed(oddVersion), "300x301", "301x300", 1), 403},
		{"signed for another version", strings.Replace(signed(oddVersion), "/v/", "/w/", 1), 403},
		{"signed for another format", strings.Replace(signed(oddVersion), ".jpg", ".png", 1), 403},
		{"signed for the current version", strings.Replace(signed(oddCurrent), "300x301", "v/300x301", 1), 403},
		{"signed, and made to last longer", signed(oddVersion) + "&expires=9999999999", 403},
		{"expired", h.signedPath(oddVersion, noon), 410},
		{"the current version, expired", h.signedPath(oddCurrent, noon), 410},
		{"signed twice", signed(oddVersion) + "&sig=AAAA", 400},
		{"signed, of an unknown article", signed("/cards/none/v/300x301.jpg"), 404},
		{"a size that no picture has", "/cards/storm-1/v/199x300.jpg", 404},
		{"signed", signed(oddVersion), 200},
		{"signed, for a minute", h.signedPath(oddVersion, noon.Add(time.Minute)), 200},
		{"signed, with what another site added", signed(oddVersion) + "&fbclid=1&x=%zz", 200},
		{"signed, strict", signed(oddVersion) + "&strict=1", 200},
		{"the current version, signed", h.signedPath(oddCurrent, never), 302},
		{"a named size", "/cards/storm-1/v/og.jpg", 200},
		{"a named size in numbers", "/cards/storm-1/v/1200x630.jpg", 200},
		{"a thumbnail", "/cards/storm-1/v/600x315.jpg", 200},
		{"the current version's thumbnail", "/cards/storm-1/600x315.jpg", 302},
		{"a named size, with another site's signature", "/cards/storm-1/v/og.jpg?sig=1&sig=2&expires=soon", 200},
	} {
		h.pictures.drawn = 0
		h.foreign = strings.Contains(tt.target, "expires=soon")
		resp := h.do(t, request("GET", tt.target, ""))
		if raw := text(t, resp); resp.StatusCode != tt.status || tt.status == 403 && !strings.Contains(raw, "bad_signature") {
			t.Errorf("%s: %d %s", tt.why, resp.StatusCode, raw)
		}
		if want := map[int]int{200: 1}[tt.status]; h.pictures.drawn != want {
			t.Errorf("%s: drawn %d times", tt.why, h.pictures.drawn)
		}
	}
}

// TestCachedUnnamedSizesNeedASignature: a response that was signed is not repeated to requests without the signature,
// or after its end, and caches store it no longer than it is valid.
func TestCachedUnnamedSizesNeedASignature(t *testing.T) {
	h := newHouse(t)
	h.pictures.kept = []byte("picture")
	now := noon
	h.deps.Now = func() time.Time { return now }
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	short := h.signedPath(oddVersion, noon.Add(2*time.Second))
	for _, step := range []struct {
		why, target string
		wait        time.Duration
		broken      bool
		status      int
		cache       string
	}{
		{"signed", short, 0, false, 200, "public, max-age=2"},
		{"again", short, 0, false, 200, "public, max-age=2"},
		{"signed for longer", h.signedPath(oddVersion, noon.Add(time.Hour)), 0, false, 200, "public, max-age=3600"},
		{"the first again", short, 0, false, 200, "public, max-age=2"},
		{"unsigned", oddVersion, 0, false, 403, "no-store"},
		{"while the store fails", short, 1500 * time.Millisecond, true, 200, "public, max-age=0"},
		{"unsigned while the store fails", oddVersion, 0, true, 403, "no-store"},
		{"after its end", short, time.Second, false, 410, "no-store"},
	} {
		now = now.Add(step.wait)
		if step.broken {
			h.storeFails()
		}
		w := sent(service, "GET", step.target)
		if w.Code != step.status || w.Header().Get("Cache-Control") != step.cache {
			t.Errorf("%s: %d %s", step.why, w.Code, w.Header().Get("Cache-Control"))
		}
		if known := sent(service, "GET", step.target, "If-None-Match", "*"); step.status == 403 && known.Code != 403 {
			t.Errorf("%s, whatever is known: %d", step.why, known.Code)
		}
	}
}

// TestEditorsUnnamedSizes: an editor on this machine needs no signature, and one elsewhere does.
func TestEditorsUnnamedSizes(t *testing.T) {
	cache := map[int]string{200: "private, no-store", 403: "no-store"}
	for key, status := range map[string]int{studioKey: 200, "": 403} {
		h := newHouse(t)
		h.deps.StudioKey = key
		resp := h.do(t, editorsRequest("GET", oddVersion, ""))
		if resp.StatusCode != status || resp.Header.Get("Cache-Control") != cache[status] {
			t.Errorf("key %q: %d %s", key, resp.StatusCode, resp.Header.Get("Cache-Control"))
		}
	}
}

// TestCurrentUnnamedSizeRedirects: the URL of the current version leads to a signed URL that expires with it.
func TestCurrentUnnamedSizeRedirects(t *testing.T) {
	h := newHouse(t)
	for _, expires := range []time.Time{{}, noon.Add(time.Hour)} {
		resp := h.do(t, request("GET", h.signedPath(oddCurrent, expires), ""))
		to, err := url.Parse(resp.Header.Get("Location"))
		if err != nil || to.Path != "/cards/storm-1/"+storm().Version+"/300x301.jpg" {
			t.Fatalf("%v, %v", to, err)
		}
		until := to.Query().Get("expires")
		if (until == "") != expires.IsZero() || until != "" && until != h.deps.Signer.Sign("/", nil, expires).Get("expires") {
			t.Errorf("until %s: expires %q", expires, until)
		}
		handler, err := newService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		if handler.ServeHTTP(w, request("GET", to.RequestURI(), "")); w.Code != 200 {
			t.Errorf("%s: %d", to, w.Code)
		}
	}
}
