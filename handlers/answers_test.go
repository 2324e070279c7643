package handlers

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/store"
)

// cachedHouse is a house whose picture was drawn before, its service, and its log.
func cachedHouse(t testing.TB, level slog.Level) (h *house, service http.Handler, log *bytes.Buffer) {
	t.Helper()
	h, log = newHouse(t), &bytes.Buffer{}
	h.pictures.kept = []byte("0123456789")
	h.deps.Log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: level}))
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	return h, service, log
}

// signedAddress is a signed picture's target.
func signedAddress(t testing.TB, expires time.Time) string {
	t.Helper()
	signer, err := card.NewSigner([]byte(strings.Repeat("k", card.MinKey)))
	if err != nil {
		t.Fatal(err)
	}
	return "/v1/card.png?" + signer.Sign("/v1/card.png", url.Values{"headline": {"Storm"}}, expires).Encode()
}

// sent asks a handler as a client does: with the target as it stands in the request's first line.
func sent(h http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	r := request(method, target, "", headers...)
	r.RequestURI = target
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// freshFor is how long an answer is given again.
const freshFor = time.Second

const story = "/cards/storm-1/v/og.jpg"

// TestAnsweredAgain: a request that was answered before is answered alike, without asking the store or for
// the picture's name.
func TestAnsweredAgain(t *testing.T) {
	tag := []string{"If-None-Match", card.Key(fakeKey).ETag()}
	for _, tt := range []struct {
		why, method, target string
		headers             []string
		status              int
		body                string
	}{
		{"whole", "GET", story, nil, 200, "0123456789"},
		{"its headers", "HEAD", story, nil, 200, ""},
		{"known", "GET", story, tag, 304, ""},
		{"known, by HEAD", "HEAD", story, tag, 304, ""},
		{"with a query", "GET", story + "?strict=1", nil, 200, "0123456789"},
		{"with a parameter that is ignored", "GET", story + "?fbclid=1&x=%zz", nil, 200, "0123456789"},
		{"signed", "GET", signedAddress(t, time.Time{}), nil, 200, "0123456789"},
		{"signed and known", "GET", signedAddress(t, time.Time{}), tag, 304, ""},
		{"signed, for an hour", "GET", signedAddress(t, noon.Add(time.Hour)), nil, 200, "0123456789"},
		{"known and a part", "GET", story, []string{tag[0], tag[1], "Range", "bytes=2-4"}, 304, ""},
		{"known weakly", "GET", story, []string{"If-None-Match", "W/" + tag[1]}, 304, ""},
		{"known among others", "GET", story, []string{"If-None-Match", `"a", ` + tag[1]}, 304, ""},
		{"anything known", "GET", story, []string{"If-None-Match", "*"}, 304, ""},
		{"another known", "GET", story, []string{"If-None-Match", `"a"`}, 200, "0123456789"},
		{"a part", "GET", story, []string{"Range", "bytes=2-4"}, 206, "234"},
		{"no part", "GET", story, []string{"Range", "bytes=90-"}, 416, ""},
		{"a part of another", "GET", story, []string{"Range", "bytes=2-4", "If-Range", `"a"`}, 200, "0123456789"},
		{"of another", "GET", story, []string{"If-Match", `"a"`}, 412, ""},
		{"since", "GET", story, []string{"If-Modified-Since", "Mon, 23 Nov 2026 12:00:00 GMT"}, 200, "0123456789"},
		{"unmodified since", "GET", story, []string{"If-Unmodified-Since", "Mon, 23 Nov 2026 12:00:00 GMT"}, 200, "0123456789"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h, service, log := cachedHouse(t, slog.LevelInfo)
			first := sent(service, tt.method, tt.target, tt.headers...)
			if tt.status >= 400 { // it is not remembered that the picture was asked for in vain
				sent(service, "GET", tt.target)
			}
			h.gone()
			asked := h.pictures.keys
			again := sent(service, tt.method, tt.target, tt.headers...)
			if h.pictures.keys != asked {
				t.Error("the picture's name was asked for again")
			}
			if first.Code != tt.status || again.Code != tt.status {
				t.Errorf("first %d, then %d", first.Code, again.Code)
			}
			if tt.status < 400 && (first.Body.String() != tt.body || again.Body.String() != tt.body) {
				t.Errorf("first %q, then %q", first.Body, again.Body)
			}
			one, two := first.Header(), again.Header()
			if one.Get("X-Request-Id") == two.Get("X-Request-Id") || two.Get("X-Request-Id") == "" {
				t.Errorf("ids of the requests: %q, %q", one.Get("X-Request-Id"), two.Get("X-Request-Id"))
			}
			one.Del("X-Request-Id")
			two.Del("X-Request-Id")
			if !reflect.DeepEqual(one, two) {
				t.Errorf("first %v\nthen %v", one, two)
			}
			if tt.status < 400 && log.Len() > 0 {
				t.Errorf("logged above the level debug: %s", log)
			}
		})
	}
}

// TestNotAnsweredAgain: where more than the request decided, the next one is asked the same.
func TestNotAnsweredAgain(t *testing.T) {
	unsigned := "/v1/card.jpg?headline=A"
	h := newHouse(t)
	h.pictures.kept = []byte("0123456789")
	h.deps.StudioKey = studioKey
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	w, r := httptest.NewRecorder(), editorsRequest("GET", unsigned, "")
	r.RequestURI = unsigned
	if service.ServeHTTP(w, r); w.Code != 200 {
		t.Errorf("an editor's: %d", w.Code)
	}
	if w := sent(service, "GET", unsigned); w.Code != 403 {
		t.Errorf("a stranger's: %d", w.Code)
	}
	for target, status := range map[string]int{
		"/cards/storm-2/v/og.jpg": 404, "/v1/card.jpg?headline=A&sig=AAAA": 403, "/cards/storm-1/og.jpg": 302,
	} {
		for range 2 {
			if w := sent(service, "GET", target); w.Code != status {
				t.Errorf("%s: %d", target, w.Code)
			}
		}
	}
}

// TestAnsweredAgainForASecond, and never beyond an expiry or a change.
func TestAnsweredAgainForASecond(t *testing.T) {
	for _, tt := range []struct {
		why, target string
		after       time.Duration
		change      func(h *house, service http.Handler)
		status      int
		keys        int // times that the picture's name is asked for after the change
	}{
		{"at once", story, 0, nil, 200, 0},
		{"within a second", story, freshFor - 1, nil, 200, 0},
		{"after a second", story, freshFor, nil, 200, 1},
		{"a signed one at once", signedAddress(t, time.Time{}), 0, nil, 200, 0},
		{"a signed one after a second", signedAddress(t, time.Time{}), freshFor, nil, 200, 1},
		{"a signed one before it expires", signedAddress(t, noon.Add(time.Second)), freshFor - 1, nil, 200, 0},
		{"a signed one that expired", signedAddress(t, noon.Add(time.Second)), time.Second, nil, 410, 0},
		{"withdrawn elsewhere", story, freshFor, func(h *house, _ http.Handler) { h.gone() }, 410, 0},
		{"withdrawn here", story, 0, func(h *house, service http.Handler) {
			sent(service, "DELETE", "/v1/articles/storm-1", "Authorization", "Bearer "+token)
			h.gone()
		}, 410, 0},
		{"under embargo from now on", story, 0, func(h *house, service http.Handler) {
			r := authorized("PUT", "/v1/articles/storm-1", `{"url":"https://news.example/a","headline":"A"}`)
			service.ServeHTTP(httptest.NewRecorder(), r)
			h.articles.byID = func(string) (store.Record, error) { return store.Record{}, store.ErrNotFound }
		}, 404, 0},
		{"without its store", story, freshFor, func(h *house, _ http.Handler) { h.storeFails() }, 200, 0},
		{"a day without its store", story, freshFor + 24*time.Hour - 1, func(h *house, _ http.Handler) { h.storeFails() }, 200, 0},
		{"longer without its store", story, freshFor + 24*time.Hour, func(h *house, _ http.Handler) { h.storeFails() }, 500, 0},
		{"without its store and its picture", story, freshFor, func(h *house, _ http.Handler) {
			h.storeFails()
			h.pictures.kept = nil
		}, 500, 0},
		{"without its picture", story, 0, func(h *house, _ http.Handler) { h.pictures.kept = nil }, 200, 1},
	} {
		h := newHouse(t)
		h.pictures.kept = []byte("0123456789")
		now := noon
		h.deps.Now = func() time.Time { return now }
		service, err := newService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		if w := sent(service, "GET", tt.target); w.Code != 200 {
			t.Fatalf("%s: %d", tt.why, w.Code)
		}
		if tt.change != nil {
			tt.change(h, service)
		}
		h.pictures.keys = 0
		now = now.Add(tt.after)
		if w := sent(service, "GET", tt.target); w.Code != tt.status || h.pictures.keys != tt.keys {
			t.Errorf("%s: %d %q, name asked for %d times", tt.why, w.Code, w.Body, h.pictures.keys)
		}
	}
}

// TestWithdrawnElsewhereStaysSo: a picture that the store once did not have does not come back when the store fails,
// and what is repeated meanwhile is not stored for long.
func TestWithdrawnElsewhereStaysSo(t *testing.T) {
	h := newHouse(t)
	h.pictures.kept = []byte("0123456789")
	now := noon
	h.deps.Now = func() time.Time { return now }
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		why    string
		change func()
		status int
		cache  string
	}{
		{"at first", func() {}, 200, answer.Forever},
		{"the store fails", h.storeFails, 200, "public, max-age=60"},
		{"withdrawn", h.gone, 410, "no-store"},
		{"the store fails again", h.storeFails, 500, "no-store"},
	} {
		step.change()
		now = now.Add(2 * freshFor)
		if w := sent(service, "GET", story); w.Code != step.status || w.Header().Get("Cache-Control") != step.cache {
			t.Errorf("%s: %d %s", step.why, w.Code, w.Header().Get("Cache-Control"))
		}
	}
}

// gone withdraws the story from the store.
func (h *house) gone() {
	h.articles.byID = func(string) (store.Record, error) { return store.Record{}, store.ErrGone }
}

// storeFails has the store answer nothing.
func (h *house) storeFails() {
	h.articles.byID = func(string) (store.Record, error) { return store.Record{}, errors.New("the disk is gone") }
}

// TestAStoryWithdrawnMeanwhile: what a request learned before a story was withdrawn is not
// remembered by it after, however long the request takes.
func TestAStoryWithdrawnMeanwhile(t *testing.T) {
	for why, during := range map[string]func(h *house, withdraw func()){
		"while its card is asked for": func(h *house, withdraw func()) {
			h.articles.byID = func(string) (store.Record, error) { withdraw(); return storm(), nil }
		},
		"while its picture is read": func(h *house, withdraw func()) { h.pictures.look = withdraw },
	} {
		h, service, _ := cachedHouse(t, slog.LevelError)
		during(h, func() {
			h.pictures.look = nil
			h.gone()
			sent(service, "DELETE", "/v1/articles/storm-1", "Authorization", "Bearer "+token)
		})
		if w := sent(service, "GET", story); w.Code != 200 {
			t.Errorf("%s: %d", why, w.Code)
		}
		if w := sent(service, "GET", story); w.Code != 410 {
			t.Errorf("%s: the next reader gets %d", why, w.Code)
		}
	}
}
