package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/stories"
)

// errBlocked is an error of a source as package fetch returns it.
var errBlocked = fmt.Errorf("fetch http://cms.example/a.jpg: %w: port 22 is not allowed", fetch.ErrUnavailable)

// failing is a house whose sources fail with the error.
func failing(t *testing.T, err error) *house {
	h := newHouse(t)
	h.deps.PageReader, h.photos.err = &fakeStories{err: err}, err
	h.articles.PutFn = func(a article.Article, o stories.PutOptions) (stories.Result, error) {
		if o.Strict {
			return stories.Result{}, fmt.Errorf("photo of a: %w", err)
		}
		return stories.Result{Record: storm(), Warnings: []stories.Warning{{Warning: article.Warning{Code: "source_unavailable"}, Err: err}, {Warning: article.Warning{Code: "text_cleaned"}}}}, nil
	}
	h.pictures.draw = func(_ card.Card, format string, o pictures.Options) (pictures.Image, error) {
		if o.Strict {
			return pictures.Image{}, err
		}
		return pictures.Image{Bytes: []byte("x"), Type: card.MediaType(format), Degraded: err}, nil
	}
	h.pictures.figures = func(card.Card) (pictures.Figures, error) { return pictures.Figures{Degraded: err}, nil }
	return h
}

// line is a line of the log.
type line struct {
	Level, Msg, Code, Error string
	Count                   int
	ID                      string `json:"request_id"`
}

// refusals sends the requests and returns the lines that name a refused source, and the ids of the answers.
func refusals(t *testing.T, h *house, all []*http.Request) (lines []line, ids []string) {
	t.Helper()
	var out bytes.Buffer
	h.deps.Log = slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelWarn}))
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		w := httptest.NewRecorder()
		service.ServeHTTP(w, r)
		ids = append(ids, w.Header().Get(answer.HeaderRequestID))
		for _, secret := range []string{"cms.example", "port 22"} {
			if strings.Contains(w.Body.String(), secret) {
				t.Errorf("%s %s answers why: %s", r.Method, r.URL, w.Body)
			}
		}
	}
	for raw := range strings.SplitSeq(strings.TrimSpace(out.String()), "\n") {
		var l line
		if err := json.Unmarshal([]byte(raw), &l); err != nil {
			t.Fatalf("%v in %q", err, out.String())
		}
		lines = append(lines, l)
	}
	return lines, ids
}

// TestWhyASourceWasRefused: each request of the newsroom has a line with the host, the reason and the request's id,
// whether it fails or is answered all the same.
func TestWhyASourceWasRefused(t *testing.T) {
	body := `{"url":"https://news.example/a","headline":"A","photo":{"url":"http://cms.example:22/a.jpg"}}`
	figures := "/studio/figures.json"
	for _, err := range []error{
		errBlocked, fmt.Errorf("fetch http://cms.example/a.jpg: %w: port 22", fetch.ErrTimeout),
		fmt.Errorf("fetch http://cms.example/a.jpg: %w: port 22", fault.ErrSourceIncomplete),
		fmt.Errorf("fetch http://cms.example/a.jpg: %w: port 22", photo.ErrUnsupported),
		fmt.Errorf("fetch http://cms.example/a.jpg: %w: port 22", fault.ErrImageTooLarge),
		fmt.Errorf("fetch http://cms.example/a.jpg: %w: port 22", photo.ErrInvalid),
	} {
		h := failing(t, err)
		signed := h.deps.Signer.Sign(figures, url.Values{"headline": {"A"}, "photo": {"http://cms.example:22/a.jpg"}}, time.Time{})
		requests := []*http.Request{
			authorized("PUT", "/v1/articles/a", body), authorized("PUT", "/v1/articles/a?strict=1", body),
			authorized("PUT", "/v1/articles/a?strict=1&dry_run=1", body),
			authorized("GET", "/studio/photo?photo=http://cms.example:22/a.jpg", ""),
			authorized("GET", figures+"?"+signed.Encode(), ""),
			authorized("GET", "/cards/storm-1/v/og.jpg?strict=1", ""), authorized("GET", "/cards/storm-1/v/og.jpg", ""),
		}
		if !errors.Is(err, photo.ErrUnsupported) { // a page is no picture
			requests = append(requests, authorized("POST", "/v1/articles:preview", `{"url":"http://cms.example:22/"}`),
				authorized("POST", "/studio/read", `{"url":"http://cms.example:22/"}`))
		}
		lines, ids := refusals(t, h, requests)
		var logged []string
		for _, l := range lines {
			logged = append(logged, l.ID)
			if l.Level != "WARN" || l.Msg != "a photo or page was refused" || l.Code != fault.KindOf(err).Code() ||
				!strings.Contains(l.Error, "cms.example") || !strings.Contains(l.Error, "port 22") {
				t.Errorf("%+v", l)
			}
		}
		if !slices.Equal(logged, ids) {
			t.Errorf("%v: lines of %v, requests %v", err, logged, ids)
		}
	}
}

// TestStrangersDoNotFloodTheLog: anyone can ask for pictures whose photo fails.
func TestStrangersDoNotFloodTheLog(t *testing.T) {
	h := failing(t, errBlocked)
	signed := "/v1/card.jpg?" + h.deps.Signer.Sign("/v1/card.jpg", url.Values{"headline": {"A"}}, time.Time{}).Encode()
	now := noon
	h.deps.Now = func() time.Time { now = now.Add(time.Millisecond); return now }
	var requests []*http.Request
	for range 100 {
		requests = append(requests, request("GET", "/cards/storm-1/v/og.jpg?strict=1", ""), request("GET", "/cards/storm-1/v/og.jpg", ""),
			request("GET", signed+"&strict=1", ""), request("GET", signed, ""))
	}
	lines, ids := refusals(t, h, requests)
	if len(lines) != 1 || lines[0].Count != 1 || lines[0].ID != ids[0] || lines[0].Error != errBlocked.Error() {
		t.Errorf("%d lines, the first %+v", len(lines), lines[0])
	}
}

// TestADegradedPhotoOfTheDisk is the service's own error, not a source's.
func TestADegradedPhotoOfTheDisk(t *testing.T) {
	lines, _ := refusals(t, failing(t, errors.New("read photo of cms.example: is a directory")),
		[]*http.Request{authorized("PUT", "/v1/articles/a", `{"url":"https://news.example/a","headline":"A"}`)})
	if len(lines) != 1 || lines[0].Level != "ERROR" || lines[0].Code != "internal" {
		t.Errorf("%+v", lines)
	}
}
