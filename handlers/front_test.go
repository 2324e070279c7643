package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/store"
)

// hotHouse is a house whose picture is kept, its service with both ways, and its log.
func hotHouse(t testing.TB, level slog.Level) (h *house, f front, log *bytes.Buffer) {
	t.Helper()
	h, log = newHouse(t), &bytes.Buffer{}
	h.pictures.kept = []byte("0123456789")
	h.deps.Log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: level}))
	service, err := New(h.deps)
	if err != nil {
		t.Fatal(err)
	}
	return h, service.(front), log
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

// logged are the lines of the log without what differs from request to request, and the ids.
func logged(t *testing.T, log *bytes.Buffer) (lines []map[string]any, ids []string) {
	t.Helper()
	for line := range bytes.Lines(log.Bytes()) {
		var l map[string]any
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, l["request_id"].(string))
		delete(l, "request_id")
		delete(l, "time")
		lines = append(lines, l)
	}
	log.Reset()
	return lines, ids
}

// TestBothWaysAnswerAlike: what the front answers by itself has the status, headers, body and log
// line that it would have had from Echo.
func TestBothWaysAnswerAlike(t *testing.T) {
	tag := []string{"If-None-Match", card.Key(fakeKey).ETag()}
	story := "/cards/storm-1/v/og.jpg"
	for _, tt := range []struct {
		why, method, target string
		headers             []string
		short               bool
		status              int
	}{
		{"whole", "GET", story, nil, true, 200},
		{"its headers", "HEAD", story, nil, true, 200},
		{"known", "GET", story, tag, true, 304},
		{"known, by HEAD", "HEAD", story, tag, true, 304},
		{"with a query", "GET", story + "?strict=1", nil, true, 200},
		{"signed", "GET", signedAddress(t, time.Time{}), nil, true, 200},
		{"signed and known", "GET", signedAddress(t, time.Time{}), tag, true, 304},
		{"signed, for an hour", "GET", signedAddress(t, noon.Add(time.Hour)), nil, true, 200},
		{"known and a part", "GET", story, []string{tag[0], tag[1], "Range", "bytes=2-4"}, true, 304},
		{"known weakly", "GET", story, []string{"If-None-Match", "W/" + tag[1]}, false, 304},
		{"known among others", "GET", story, []string{"If-None-Match", `"a", ` + tag[1]}, false, 304},
		{"anything known", "GET", story, []string{"If-None-Match", "*"}, false, 304},
		{"another known", "GET", story, []string{"If-None-Match", `"a"`}, false, 200},
		{"a part", "GET", story, []string{"Range", "bytes=2-4"}, false, 206},
		{"no part", "GET", story, []string{"Range", "bytes=90-"}, false, 416},
		{"a part of another", "GET", story, []string{"Range", "bytes=2-4", "If-Range", `"a"`}, false, 200},
		{"of another", "GET", story, []string{"If-Match", `"a"`}, false, 412},
		{"since", "GET", story, []string{"If-Modified-Since", "Mon, 23 Nov 2026 12:00:00 GMT"}, false, 200},
		{"unmodified since", "GET", story, []string{"If-Unmodified-Since", "Mon, 23 Nov 2026 12:00:00 GMT"}, false, 200},
		{"another method", "POST", story, nil, false, 405},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h, f, log := hotHouse(t, slog.LevelDebug)
			sent(f, "GET", tt.target) // makes it hot
			log.Reset()
			long := sent(f.echo, tt.method, tt.target, tt.headers...)
			asked := h.pictures.asked
			short := sent(f, tt.method, tt.target, tt.headers...)
			if byFront := h.pictures.asked == asked && tt.method != "POST"; byFront != tt.short && tt.status != 304 {
				t.Errorf("answered by the front: %t", byFront)
			}
			if long.Code != tt.status || short.Code != tt.status {
				t.Errorf("the long way %d, the short way %d", long.Code, short.Code)
			}
			if tt.status < 400 && !bytes.Equal(long.Body.Bytes(), short.Body.Bytes()) {
				t.Errorf("the long way %q, the short way %q", long.Body, short.Body)
			}
			lines, ids := logged(t, log)
			if tt.status >= 400 { // the body has the id, whose length differs
				delete(lines[0], "bytes")
				delete(lines[1], "bytes")
			}
			if want := []string{long.Header().Get("X-Request-Id"), short.Header().Get("X-Request-Id")}; !slices.Equal(ids, want) || want[0] == want[1] || want[1] == "" {
				t.Errorf("log has the ids %q, the answers %q", ids, want)
			}
			if !reflect.DeepEqual(lines[0], lines[1]) {
				t.Errorf("log of the long way %v\nof the short way %v", lines[0], lines[1])
			}
			long.Header().Del("X-Request-Id")
			short.Header().Del("X-Request-Id")
			if !reflect.DeepEqual(long.Header(), short.Header()) {
				t.Errorf("headers of the long way %v\nof the short way %v", long.Header(), short.Header())
			}
		})
	}
}

// TestTheFrontIsSilent: hot pictures are logged at debug level only.
func TestTheFrontIsSilent(t *testing.T) {
	_, f, log := hotHouse(t, slog.LevelInfo)
	for range 3 {
		if w := sent(f, "GET", "/cards/storm-1/v/og.jpg"); w.Code != 200 {
			t.Error(w.Code)
		}
	}
	if log.Len() > 0 {
		t.Errorf("%s", log)
	}
}

// TestWhatIsNotHot: where more than the target decided, the next request is asked the same.
func TestWhatIsNotHot(t *testing.T) {
	atHome := func(target string) *http.Request {
		r := httptest.NewRequest("GET", "http://localhost:8080"+target, nil)
		r.RequestURI, r.RemoteAddr = target, "127.0.0.1:5000"
		return r
	}
	for _, tt := range []struct {
		why, target string
		change      func(*house)
		first       func(target string) *http.Request // nil: as readers ask
		status      int
	}{
		{"unsigned, at home", "/v1/card.jpg?headline=A", nil, atHome, 200},
		{"drawn just now", "/cards/storm-1/v/og.jpg", func(h *house) { h.pictures.kept = nil }, nil, 200},
		{"refused", "/cards/storm-2/v/og.jpg", nil, nil, 404},
		{"forged", "/v1/card.jpg?headline=A&sig=AAAA", nil, nil, 403},
		{"a page", "/docs", nil, nil, 200},
		{"the way to the current picture", "/cards/storm-1/og.jpg", nil, nil, 302},
		{"with a parameter that is ignored", "/cards/storm-1/v/og.jpg?v=2", nil, nil, 200},
		{"with one beside a known one", "/cards/storm-1/v/og.jpg?strict=1&_=1", nil, nil, 200},
		{"with nothing between its separators", "/cards/storm-1/v/og.jpg?&&", nil, nil, 200},
		{"with a malformed one", "/cards/storm-1/v/og.jpg?x=%zz", nil, nil, 200},
	} {
		h, f, _ := hotHouse(t, slog.LevelError)
		f.OpenStudio = true
		if tt.change != nil {
			tt.change(h)
		}
		if tt.first == nil {
			tt.first = func(target string) *http.Request {
				r := request("GET", target, "")
				r.RequestURI = target
				return r
			}
		}
		w := httptest.NewRecorder()
		f.ServeHTTP(w, tt.first(tt.target))
		if w.Code != tt.status || len(f.hot.all) != 0 {
			t.Errorf("%s: %d, hot: %v", tt.why, w.Code, f.hot.all)
		}
	}
}

// TestHotPicturesAreBelievedForASecond, and never beyond their expiry.
func TestHotPicturesAreBelievedForASecond(t *testing.T) {
	const story = "/cards/storm-1/v/og.jpg"
	for _, tt := range []struct {
		why, target string
		after       time.Duration
		change      func(h *house, f front)
		status      int
		body        string
	}{
		{"at once", story, 0, redrawn, 200, "0123456789"},
		{"just before it is asked for again", story, shownFor - renewEarly - 1, redrawn, 200, "0123456789"},
		{"after a second", story, shownFor, redrawn, 200, "redrawn"},
		{"a signed one at once", signedAddress(t, time.Time{}), 0, redrawn, 200, "0123456789"},
		{"a signed one after a second", signedAddress(t, time.Time{}), shownFor, redrawn, 200, "redrawn"},
		{"a signed one before it expires", signedAddress(t, noon.Add(time.Second)), 749 * time.Millisecond, redrawn, 200, "0123456789"},
		{"a signed one that expired", signedAddress(t, noon.Add(time.Second)), time.Second, nil, 410, ""},
		{"withdrawn elsewhere", story, shownFor, func(h *house, _ front) { h.gone() }, 410, ""},
		{"withdrawn here", story, 0, func(h *house, f front) {
			sent(f, "DELETE", "/v1/articles/storm-1", "Authorization", "Bearer "+token)
			h.gone()
		}, 410, ""},
		{"under embargo from now on", story, 0, func(h *house, f front) {
			r := authorized("PUT", "/v1/articles/storm-1", `{"url":"https://news.example/a","headline":"A"}`)
			f.ServeHTTP(httptest.NewRecorder(), r)
			h.articles.byID = func(string) (store.Record, error) { return store.Record{}, store.ErrNotFound }
		}, 404, ""},
		{"without its store", story, shownFor, func(h *house, _ front) {
			h.articles.byID = func(string) (store.Record, error) { return store.Record{}, errors.New("the disk is gone") }
		}, 200, "0123456789"},
	} {
		h := newHouse(t)
		h.pictures.kept = []byte("0123456789")
		now := noon
		h.deps.Now = func() time.Time { return now }
		service, err := New(h.deps)
		if err != nil {
			t.Fatal(err)
		}
		f := service.(front)
		if w := sent(f, "GET", tt.target); w.Code != 200 || f.hot.recall(tt.target) == nil {
			t.Fatalf("%s: %d, hot: %v", tt.why, w.Code, f.hot.all)
		}
		if tt.change != nil {
			tt.change(h, f)
		}
		now = now.Add(tt.after)
		if w := sent(f, "GET", tt.target); w.Code != tt.status || tt.body != "" && w.Body.String() != tt.body {
			t.Errorf("%s: %d %q", tt.why, w.Code, w.Body)
		}
	}
}

// redrawn changes what the picture shows, as another theme does.
func redrawn(h *house, _ front) { h.pictures.kept = []byte("redrawn") }

// gone withdraws the story from the store.
func (h *house) gone() {
	h.articles.byID = func(string) (store.Record, error) { return store.Record{}, store.ErrGone }
}

// TestAHotCardIsNoYoungerThanItsQuestion: a picture made hot from a remembered card is not believed
// for longer than the card.
func TestAHotCardIsNoYoungerThanItsQuestion(t *testing.T) {
	h, f, _ := hotHouse(t, slog.LevelError)
	now, asked := noon, 0
	f.Now = func() time.Time { return now }
	h.articles.byID = func(string) (store.Record, error) { asked++; return storm(), nil }
	for i := range 10 { // ten spellings, before it is asked for again
		sent(f, "GET", "/cards/storm-1/v/og.jpg?"+strings.Repeat("&", i))
		now = now.Add((shownFor - renewEarly) / 10)
	}
	if asked != 1 {
		t.Fatalf("asked %d times", asked)
	}
	now = noon.Add(shownFor)
	sent(f, "GET", "/cards/storm-1/v/og.jpg?"+strings.Repeat("&", 9))
	if asked != 2 {
		t.Errorf("after a second, asked %d times", asked)
	}
}

// TestAStoryWithdrawnMeanwhile: what a request learned before a story was withdrawn is not
// remembered by it after, however long the request takes.
func TestAStoryWithdrawnMeanwhile(t *testing.T) {
	const story = "/cards/storm-1/v/og.jpg"
	for why, during := range map[string]func(h *house, withdraw func()){
		"while its card is asked for": func(h *house, withdraw func()) {
			h.articles.byID = func(string) (store.Record, error) { withdraw(); return storm(), nil }
		},
		"while its picture is read": func(h *house, withdraw func()) { h.pictures.look = withdraw },
	} {
		h, f, _ := hotHouse(t, slog.LevelError)
		during(h, func() {
			h.pictures.look = nil
			h.gone()
			sent(f, "DELETE", "/v1/articles/storm-1", "Authorization", "Bearer "+token)
		})
		if w := sent(f, "GET", story); w.Code != 200 {
			t.Errorf("%s: %d", why, w.Code)
		}
		if w := sent(f, "GET", story); w.Code != 410 {
			t.Errorf("%s: the next reader gets %d", why, w.Code)
		}
	}
}
