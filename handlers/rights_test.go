package handlers

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
)

// TestRightsLimitCaches: no cache keeps a picture longer than the rights of its photo, and one that lacks its photo only
// for a minute. A picture whose rights have ended is not repeated while the store fails.
func TestRightsLimitCaches(t *testing.T) {
	for _, tt := range []struct {
		why    string
		end    time.Time
		barred bool
		want   string
	}{
		{"no end", time.Time{}, false, "public, max-age=31536000, immutable"},
		{"an end", noon.Add(90 * time.Minute), false, "public, max-age=5400"},
		{"an end beyond a year", noon.Add(3 * 365 * 24 * time.Hour), false, "public, max-age=31536000, immutable"},
		{"without its photo", time.Time{}, true, "public, max-age=60"},
		{"without one of two", noon.Add(30 * time.Second), true, "public, max-age=30"},
	} {
		h := newHouse(t)
		h.pictures.kept = []byte("0123456789")
		h.articles.shownUntil, h.articles.barred = tt.end, tt.barred
		for _, header := range [][]string{nil, {"If-None-Match", "*"}} {
			resp := h.do(t, request("GET", "/cards/storm-1/v/og.jpg", "", header...))
			if got := resp.Header.Get("Cache-Control"); got != tt.want {
				t.Errorf("%s: %d %s, want %s", tt.why, resp.StatusCode, got, tt.want)
			}
		}
	}
}

func TestRightsEndWhileTheStoreFails(t *testing.T) {
	h := newHouse(t)
	h.pictures.kept = []byte("0123456789")
	now, fails := noon, error(nil)
	h.deps.Now = func() time.Time { return now }
	h.articles.shownUntil = noon.Add(time.Hour)
	h.articles.byID = func(string) (store.Record, error) { return storm(), fails }
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	get := func(want int) {
		t.Helper()
		resp := httptest.NewRecorder()
		service.ServeHTTP(resp, request("GET", "/cards/storm-1/v/og.jpg", ""))
		if resp.Code != want {
			t.Errorf("%v after noon: %d, want %d", now.Sub(noon), resp.Code, want)
		}
	}
	get(200)
	fails = store.ErrUnavailable
	now = noon.Add(59 * time.Minute)
	get(200)
	now = noon.Add(time.Hour)
	get(http.StatusServiceUnavailable)
}

// TestRightsRefused: rights that cannot be kept are refused by name.
func TestRightsRefused(t *testing.T) {
	h := newHouse(t)
	for rights, field := range map[string]string{
		`{"expires":"tomorrow"}`:         "photo.rights.expires",
		`{"territories":["Korea"]}`:      "photo.rights.territories",
		`{"territories":"KR"}`:           "photo.rights.territories",
		`{"social":"no"}`:                "photo.rights.social",
		`{"until":"2027-01-01"}`:         "photo.rights.until",
		`"none"`:                         "photo.rights",
		`{"territories":["KR",{"a":1}]}`: "photo.rights.territories",
	} {
		body := `{"url":"https://news.example/storm","headline":"A","photo":{"url":"https://pictures.example/a.jpg","rights":` + rights + `}}`
		resp := h.do(t, authorized("PUT", "/v1/articles/storm-1", body))
		if got := text(t, resp); resp.StatusCode != 400 || !strings.Contains(got, `"field":"`+field+`"`) {
			t.Errorf("%s: %d %s", rights, resp.StatusCode, got)
		}
	}
}

// TestRightsInTheStudio: the form has the rights of the photo, and no preview, link or tag shows a photo that may not be
// shown.
func TestRightsInTheStudio(t *testing.T) {
	h := newHouse(t)
	q := url.Values{"headline": {"A"}, "url": {"https://news.example/a"}, "photo": {"https://pictures.example/a.jpg"}, "alt": {"Pier"}}
	for _, tt := range []struct {
		name, value, check, curl string
	}{
		{"photo_social", "no", "photo_no_social", `"social": false`},
		{"photo_until", "2026-11-23T12:00", "photo_expired", `"expires": "2026-11-23T12:00:00Z"`},
		{"photo_countries", "kr", "photo_territories", `"KR"`},
		{"photo_until", "2026-11-23T12:01", "", `"expires": "2026-11-23T12:01:00Z"`},
		{"photo_social", "", "", `"url": "https://pictures.example/a.jpg"`},
	} {
		form := maps.Clone(q)
		form.Set(tt.name, tt.value)
		got := h.state(t, form.Encode())
		shown := strings.Contains(got.CardUrl, "pictures.example")
		found := slices.ContainsFunc(got.Checks, func(c api.StudioCheck) bool { return c.Code == tt.check })
		if len(got.Problems) > 0 || shown != (tt.check == "") || found != (tt.check != "") {
			t.Errorf("%s=%s: card %s, checks %v, problems %v", tt.name, tt.value, got.CardUrl, got.Checks, got.Problems)
		}
		if tags := strings.Contains(got.Meta, "pictures.example"); tags != shown {
			t.Errorf("%s=%s: tags %s", tt.name, tt.value, got.Meta)
		}
		if !strings.Contains(got.Curl, tt.curl) || !strings.Contains(got.Curl, "pictures.example") {
			t.Errorf("%s=%s: %s", tt.name, tt.value, got.Curl)
		}
	}
	for name, value := range map[string]string{"photo_social": "maybe", "photo_until": "soon", "photo_countries": "Korea"} {
		resp := h.do(t, form("/studio/stories/storm-1", stormForm(name, value)))
		if got := text(t, resp); resp.StatusCode != 400 || !strings.Contains(got, web.FieldLabel(name)+" must be") {
			t.Errorf("%s=%s: %d", name, value, resp.StatusCode)
		}
	}
}
