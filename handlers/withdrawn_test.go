package handlers

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

const (
	photoHash = "0123456789abcdef0123456789abcdef"
	photoID   = "upload:" + photoHash
)

// TestPhotoIDs: a photo is named by its ID, its colon encoded or not, or by the hash alone. Nothing else is one.
func TestPhotoIDs(t *testing.T) {
	for path, want := range map[string]int{
		photoID: 200, photoHash: 200, "upload%3A" + photoHash: 200, "upload%3a" + photoHash: 200,
		"upload:": 404, "storm-1": 404, photoHash + "0": 404, strings.ToUpper(photoHash): 404, "upload:" + photoID: 404,
		"%2e%2e": 404, "upload:" + photoHash + "%00": 404, photoID + "?x=1": 400, "": 404, photoID + "/": 404,
	} {
		for _, method := range []string{"GET", "DELETE"} {
			h := newHouse(t)
			resp := h.do(t, authorized(method, "/v1/photos/"+path, ""))
			var body struct{ ID string }
			raw := text(t, resp)
			if resp.StatusCode != want || resp.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s %s: %d %s", method, path, resp.StatusCode, raw)
			}
			if err := json.Unmarshal([]byte(raw), &body); want == 200 && (err != nil || body.ID != photoID) {
				t.Errorf("%s %s: %s", method, path, raw)
			}
		}
	}
}

// TestStoredPhoto: a photo is described with the articles that show it, in the form of the document.
func TestStoredPhoto(t *testing.T) {
	h := newHouse(t)
	resp := h.do(t, authorized("GET", "/v1/photos/"+photoID, ""))
	if raw := text(t, resp); raw != `{"articles":[],"bytes":9,"height":1,"id":"`+photoID+`","type":"image/png","width":2}`+"\n" {
		t.Errorf("%s", raw)
	}
	h.articles.uses = store.PhotoUses{Articles: []string{"a", "b"}, MoreArticles: 3}
	if raw := text(t, h.do(t, authorized("GET", "/v1/photos/"+photoID, ""))); !strings.Contains(raw, `"articles":["a","b"]`) || !strings.Contains(raw, `"more":3`) {
		t.Errorf("%s", raw)
	}
	for err, want := range map[error]string{
		photos.ErrUnknown: "404 not_found", photos.ErrDamaged: "422 image_invalid", fault.New(fault.PhotoGone, "withdrawn"): "410 gone",
		store.ErrUnavailable: "503 overloaded",
	} {
		h.articles.photoErr = err
		methods := []string{"GET"}
		if kind := fault.KindOf(err); !kind.OfPhoto() { // a photo that is damaged or withdrawn can be withdrawn
			methods = append(methods, "DELETE")
		}
		for _, method := range methods {
			resp := h.do(t, authorized(method, "/v1/photos/"+photoID, ""))
			var body api.Error
			if err := json.Unmarshal([]byte(text(t, resp)), &body); err != nil || fmt.Sprint(resp.StatusCode, " ", body.Error.Code) != want {
				t.Errorf("%s: %d %+v, want %s", method, resp.StatusCode, body, want)
			}
		}
	}
}

// TestWithdrawnPhoto: the answer lists the articles, the addresses to purge in all named sizes, and each network.
func TestWithdrawnPhoto(t *testing.T) {
	h := newHouse(t)
	old := storm()
	old.Version = "old"
	h.articles.withdrawal = stories.Withdrawal{
		Pictures: 7, Changed: []string{"storm-1"},
		Uses: store.PhotoUses{Articles: []string{"storm-1"}, Versions: []store.Record{storm(), old}, MoreVersions: 2},
	}
	resp := h.do(t, authorized("DELETE", "/v1/photos/"+photoHash, ""))
	var got api.WithdrawnPhoto
	if err := json.Unmarshal([]byte(text(t, resp)), &got); err != nil || resp.StatusCode != 200 {
		t.Fatal(resp.StatusCode, err)
	}
	if got.Id != photoID || got.PicturesRemoved != 7 || !slices.Equal(got.Articles, []string{"storm-1"}) || got.More != 0 {
		t.Errorf("%+v", got)
	}
	caches := got.StillHeld[0]
	if len(caches.Addresses) != 12 || caches.More != 12 || !slices.Contains(caches.Addresses, "https://cards.example/cards/storm-1/old/story.jpg") {
		t.Errorf("%+v", caches)
	}
	for _, network := range []string{"browsers", "CDN", "Facebook", "X", "KakaoTalk", "LinkedIn", "Telegram"} {
		if !slices.ContainsFunc(got.StillHeld, func(s api.StillHeld) bool { return strings.Contains(s.Network, network) && s.How != "" }) {
			t.Errorf("nothing of %s", network)
		}
	}
}

// TestChangedByAWithdrawal: what is cached of an article that lost its photo is dropped, even if the withdrawal fails in
// the end.
func TestChangedByAWithdrawal(t *testing.T) {
	for _, failed := range []error{nil, store.ErrUnavailable} {
		h := newHouse(t)
		h.pictures.kept = []byte("picture")
		asked := 0
		h.articles.byID = func(string) (store.Record, error) { asked++; return storm(), nil }
		h.articles.withdrawal, h.articles.photoErr = stories.Withdrawal{Changed: []string{"storm-1"}}, failed
		service, err := newService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		get := func(want int) {
			t.Helper()
			service.ServeHTTP(httptest.NewRecorder(), request("GET", "/cards/storm-1/v/og.jpg", ""))
			if asked != want {
				t.Errorf("%v: asked %d times, want %d", failed, asked, want)
			}
		}
		get(1)
		get(1)
		service.ServeHTTP(httptest.NewRecorder(), authorized("DELETE", "/v1/photos/"+photoID, ""))
		get(2)
	}
}

// TestRefreshRoute: a refresh answers like a PUT, with 200, and takes its options.
func TestRefreshRoute(t *testing.T) {
	h := newHouse(t)
	var asked []string
	h.articles.RefreshFn = func(id string, o stories.PutOptions) (stories.Result, error) {
		asked = append(asked, fmt.Sprint(id, o.DryRun, o.Strict))
		switch id {
		case "gone":
			return stories.Result{}, store.ErrGone
		case "unknown":
			return stories.Result{}, store.ErrNotFound
		case "broken":
			return stories.Result{}, fault.New(fault.ImageInvalid, "damaged")
		}
		return stories.Result{Record: storm(), Warnings: []stories.Warning{{Warning: article.Warning{Code: "gone", Field: "photo.url", Message: "withdrawn"}}}}, nil
	}
	for _, tt := range []struct {
		target string
		status int
		body   string
	}{
		{"/v1/articles/storm-1:refresh", 200, `"warnings":[{"code":"gone","field":"photo.url","message":"withdrawn"}]`},
		{"/v1/articles/storm-1:refresh?dry_run=1&strict=1", 200, `"version":"` + storm().Version},
		{"/v1/articles/storm-1%3Arefresh", 200, storm().Version},
		{"/v1/articles/gone:refresh", 410, "expired"}, {"/v1/articles/unknown:refresh", 404, "not_found"},
		{"/v1/articles/broken:refresh", 422, `"field":"photo.url"`},
		{"/v1/articles/storm-1:refresh?force=1", 400, "force"}, {"/v1/articles/storm-1:refresh?strict=2", 400, "strict"},
		{"/v1/articles/:refresh", 400, "id"}, {"/v1/articles/a:b:refresh", 400, "id"},
		{"/v1/articles/storm-1", 405, "not allowed"}, {"/v1/articles/storm-1:repair", 405, "not allowed"},
	} {
		resp := h.do(t, authorized("POST", tt.target, ""))
		if raw := text(t, resp); resp.StatusCode != tt.status || !strings.Contains(raw, tt.body) {
			t.Errorf("%s: %d %s", tt.target, resp.StatusCode, raw)
		}
		if allow := resp.Header.Get("Allow"); (resp.StatusCode == 405) != (allow != "") {
			t.Errorf("%s: Allow %q", tt.target, allow)
		}
	}
	if want := []string{"storm-1false false", "storm-1true true"}; !slices.Equal(asked[:2], want) {
		t.Errorf("asked %q", asked)
	}
}

// signedWith returns the signed address of a card with the photo.
func signedWith(h *house, photo string) string {
	q := url.Values{"headline": {"A"}, "photo": {photo}}
	return "/v1/card.jpg?" + h.deps.Signer.Sign("/v1/card.jpg", q, time.Time{}).Encode()
}

// TestWithdrawnPicturesAreNotConfirmed: a picture of a withdrawn photo is neither sent nor confirmed with 304, whatever
// is cached: the response, the picture, or only the client's copy.
func TestWithdrawnPicturesAreNotConfirmed(t *testing.T) {
	gone := fault.New(fault.PhotoGone, "withdrawn")
	for photo, key := range map[string]card.Key{photoID: fakeKey, photoURL: card.Key(fakeKey).With(photoID)} {
		for _, tag := range []string{"", "*", key.ETag()} {
			for _, evicted := range []bool{false, true} {
				h := newHouse(t)
				h.pictures.kept, h.pictures.keptPhoto = []byte("with the photo"), photoID
				service, err := newService(t, h.deps)
				if err != nil {
					t.Fatal(err)
				}
				get := func() *httptest.ResponseRecorder {
					w := httptest.NewRecorder()
					service.ServeHTTP(w, request("GET", signedWith(h, photo), "", "If-None-Match", tag))
					return w
				}
				if w := get(); w.Code != 200 && w.Code != 304 {
					t.Fatalf("before: %d", w.Code)
				}
				h.pictures.withdrawn = photoID
				if evicted {
					h.pictures.kept = nil
				}
				h.pictures.draw = func(card.Card, string, pictures.Options) (pictures.Image, error) {
					return pictures.Image{Bytes: []byte("without"), Type: "image/jpeg", Degraded: gone}, nil
				}
				if w := get(); w.Code != 200 || w.Body.String() != "without" || w.Header().Get("X-Card-Degraded") != "gone" || w.Header().Get("ETag") != "" {
					t.Errorf("%s, tag %s, evicted %t: %d %q, %v", photo, tag, evicted, w.Code, w.Body, w.Header())
				}
			}
		}
	}
}

// TestPictureOfAnArticleWithdrawnMeanwhile: if the photo is withdrawn after the card was looked up, and while the store
// fails, the old picture is not sent.
func TestPictureOfAnArticleWithdrawnMeanwhile(t *testing.T) {
	gone := fault.New(fault.PhotoGone, "withdrawn")
	for _, tt := range []struct {
		why    string
		fails  error
		status int
	}{
		{"while it is drawn", nil, 410}, {"known to the store", gone, 410}, {"the store fails", errors.New("disk"), 500},
	} {
		h := newHouse(t)
		h.pictures.kept, h.pictures.keptPhoto = []byte("with the photo"), "upload:1"
		now, fails := noon, error(nil)
		h.deps.Now = func() time.Time { return now }
		h.articles.byID = func(string) (store.Record, error) { return storm(), fails }
		service, err := newService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		get := func() *httptest.ResponseRecorder {
			w := httptest.NewRecorder()
			service.ServeHTTP(w, request("GET", "/cards/storm-1/v/og.jpg", ""))
			return w
		}
		if w := get(); w.Code != http.StatusOK {
			t.Fatalf("%s: before: %d", tt.why, w.Code)
		}
		h.pictures.withdrawn, fails = "upload:1", tt.fails
		h.pictures.draw = func(card.Card, string, pictures.Options) (pictures.Image, error) {
			return pictures.Image{Bytes: []byte("without"), Type: "image/jpeg", Degraded: gone}, nil
		}
		if w := get(); w.Code != tt.status || strings.Contains(w.Body.String(), "with the photo") {
			t.Errorf("%s: %d %s", tt.why, w.Code, w.Body)
		}
	}
}

// TestArticlesNameTheirPhoto: an answer has the ID of the photo that the pictures show, and none of one that was taken
// down.
func TestArticlesNameTheirPhoto(t *testing.T) {
	for id, want := range map[string]string{"upload:1": "upload:1", "": "", store.NoPhoto: ""} {
		h := newHouse(t)
		h.articles.byID = func(string) (store.Record, error) {
			rec := storm()
			rec.PhotoID = id
			return rec, nil
		}
		var got struct {
			PhotoID string `json:"photo_id"`
		}
		resp := h.do(t, authorized("GET", "/v1/articles/storm-1", ""))
		if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || resp.StatusCode != 200 || got.PhotoID != want {
			t.Errorf("photo %q: %d %q, %v", id, resp.StatusCode, got.PhotoID, err)
		}
	}
}
